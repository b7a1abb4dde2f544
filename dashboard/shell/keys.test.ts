import { fireEvent, render } from '@testing-library/react';
import { createElement } from 'react';
import { moveFocus, nameOfKey, useKeys, type Bindings, type Press } from './keys.js';

const press = (change: Partial<Press>): Press => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  target: document.body,
  ...change
});

it('knows a key by its place, so that a Persian keyboard has the same ones', () => {
  expect(nameOfKey(press({ key: 'j', code: 'KeyJ' }))).toBe('j');
  expect(nameOfKey(press({ key: 'ت', code: 'KeyJ' }))).toBe('j');
  expect(nameOfKey(press({ key: '؟', code: 'Slash', shiftKey: true }))).toBe('?');
  expect(nameOfKey(press({ key: '.', code: 'Slash' }))).toBe('/');
});

it('leaves to the browser what has a modifier or is typed into a field', () => {
  expect(nameOfKey(press({ key: 'j', code: 'KeyJ', ctrlKey: true }))).toBeNull();
  const input = document.createElement('input');
  expect(nameOfKey(press({ key: 'j', code: 'KeyJ', target: input }))).toBeNull();
  expect(nameOfKey(press({ key: 'Enter', code: 'Enter' }))).toBeNull();
});

function Keys({ bindings, enabled }: { bindings: Bindings; enabled?: boolean }) {
  useKeys(bindings, enabled);
  return null;
}

it('does what one key says, and what two keys say one after the other', () => {
  const [down, activity] = [jest.fn(), jest.fn()];
  render(createElement(Keys, { bindings: { j: down, 'g a': activity } }));
  fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' });
  fireEvent.keyDown(document.body, { key: 'a', code: 'KeyA' });
  expect([down.mock.calls.length, activity.mock.calls.length]).toEqual([1, 0]);
  fireEvent.keyDown(document.body, { key: 'g', code: 'KeyG' });
  fireEvent.keyDown(document.body, { key: 'a', code: 'KeyA' });
  expect(activity).toHaveBeenCalledTimes(1);
});

it('does nothing when it is turned off', () => {
  const down = jest.fn();
  render(createElement(Keys, { bindings: { j: down }, enabled: false }));
  fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' });
  expect(down).not.toHaveBeenCalled();
});

it('moves the focus along what can be opened, and stays at the ends', () => {
  document.body.innerHTML = '<main><a data-openable href="#1">1</a><a data-openable href="#2">2</a></main>';
  const focused = () => document.activeElement?.textContent;
  moveFocus(1);
  expect(focused()).toBe('1');
  moveFocus(1);
  moveFocus(1);
  expect(focused()).toBe('2');
  moveFocus(-1);
  expect(focused()).toBe('1');
});
