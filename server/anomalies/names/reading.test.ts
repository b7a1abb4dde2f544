import { READ } from './names.js';
import { readingOf } from './reading.js';

it('is of a code that is read whole what it names', () => {
  const { names, unread } = readingOf('import vault as v\nv.read("/data/cards.csv")');
  expect(unread).toBeNull();
  expect(names).toEqual({ functions: ['v.read'], tables: [], files: ['/data/cards.csv'], hosts: [], aliases: [['v', 'vault']] }); // prettier-ignore
});

it('says where a code is longer than what is read of it', () => {
  const code = (blanks: number) => `db.get_cards()${' '.repeat(blanks)}\nq()`;
  const whole = readingOf(code(READ - code(0).length));
  expect([whole.unread, whole.names.functions]).toEqual([null, ['db.get_cards', 'q']]);
  const longer = readingOf(code(READ - code(0).length + 1));
  expect([longer.unread, longer.names.functions]).toEqual(['too_long', ['db.get_cards', 'q']]);
});

it('gives no more names than a policy is compared with, those of data first, and says that there are more', () => {
  const calls = Array.from({ length: 1_200 }, (_, i) => `f${i}()`).join('\n');
  const { names, unread } = readingOf(`${calls}\nq("SELECT 1 FROM cards")`);
  expect([unread, names.tables, names.functions.length]).toEqual(['too_many_names', ['cards'], 999]);
  const long = readingOf(`${'a'.repeat(60_000)}()\nq("SELECT 1 FROM cards")`);
  expect([long.unread, long.names.tables, long.names.functions]).toEqual(['too_many_names', ['cards'], ['q']]);
});
