import { whenOther } from './when-other.js';

const shown = jest.fn<undefined, [{ word: string; count: number }]>();
let facts: { word: string; count: number };
const say = (): (() => void) => whenOther(() => ({ ...facts }), shown);

beforeEach(() => {
  shown.mockReset();
  facts = { word: 'a', count: 1 };
});

test('what is shown is shown once, until a fact of it is another', () => {
  const saying = say();
  saying();
  saying();
  expect(shown).toHaveBeenCalledTimes(1);
  facts.count = 2;
  saying();
  facts.word = 'b';
  saying();
  expect(shown.mock.calls.map(([{ word, count }]) => word + String(count))).toEqual(['a1', 'a2', 'b2']);
});

test('what could not be shown is tried again, also when it is as before', () => {
  const saying = say();
  saying();
  facts.count = 2;
  shown.mockImplementationOnce(() => {
    throw new Error('no room');
  });
  expect(saying).toThrow('no room');
  facts.count = 1;
  saying();
  expect(shown).toHaveBeenCalledTimes(3);
});
