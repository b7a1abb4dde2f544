import { screen } from '@testing-library/react';
import { show } from '../../testing/show.js';
import { HeatMap, levelOf, weekOf } from './HeatMap.js';

it('begins the week as the language does', () => {
  expect(weekOf('en')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(weekOf('fa')).toEqual([6, 7, 1, 2, 3, 4, 5]);
});

it('has a shade for each share, none for nothing', () => {
  expect([0, 1, 25, 100].map(value => levelOf(value, 100))).toEqual([0, 1, 3, 5]);
  expect(levelOf(0, 0)).toBe(0);
});

it('says in words what its shades say', () => {
  show(<HeatMap label="When" cells={[{ weekday: 2, hour: 9, executions: 7 }]} />);
  const cell = screen.getByTitle('Tue, 09:00: 7 runs');
  expect([cell.textContent, cell.dataset['level']]).toEqual(['7', '5']);
  expect(screen.getAllByRole('row')).toHaveLength(8);
});
