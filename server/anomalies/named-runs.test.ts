import { type DayRun } from '../store/person-day.js';
import { nameRuns } from './named-runs.js';
import { readingOf } from './names/reading.js';
import { forbiddenBy, type Policy } from './policy.js';

const POLICY: Policy = [{ name: 'cards', roles: ['analyst'], except: [], tables: ['cards'], functions: ['vault.read'], files: [], hosts: [] }]; // prettier-ignore
const FORBIDS = forbiddenBy(POLICY, { username: 'sara', role: 'analyst' });
const at = (i: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, i)).toISOString();

/** Codes that ran one after the other, of a kernel each where they are pairs. */
const ran = (...codes: (string | readonly [kernel: string, code: string])[]) => {
  const parts = codes.map(part => (typeof part === 'string' ? (['k', part] as const) : part));
  const runs = parts.map(
    ([kernel_id], i): DayRun => ({ id: `${i}`, timestamp: at(i), hour: 10, status: 'success', error_name: null, notebook_path: null, kernel_id }) // prettier-ignore
  );
  return { runs, readings: new Map(parts.map(([, code], i) => [`${i}`, readingOf(code)])) };
};
const named = async (...codes: Parameters<typeof ran>) => {
  const { runs, readings } = ran(...codes);
  return nameRuns(runs, readings, FORBIDS);
};

it('says what each run names that is forbidden', async () => {
  const { runs } = await named('q("SELECT 1 FROM cards JOIN x")', 'print(1)');
  expect(runs.map(({ forbidden, unread }) => [forbidden, unread])).toEqual([
    [['cards'], null],
    [[], null]
  ]);
});

it('knows what imports call a thing in the rest of their kernel, and nowhere else', async () => {
  const { runs } = await named(['a', 'import vault as v'], ['b', 'v.read()'], ['a', 'v.read()'], ['b', 'from vault import *'], ['b', 'read()']); // prettier-ignore
  expect(runs.map(({ forbidden }) => forbidden)).toEqual([[], [], ['vault.read'], [], ['vault.read']]);
});

it('tells tables and hosts as uses, each once, since when', async () => {
  const code = 'import numpy.linalg, numpy as np\nfrom .own import x\nget("https://a.example/")\nq("SELECT 1 FROM t")';
  expect((await named(code, code)).uses).toEqual([
    { kind: 'table', name: 't', first_at: at(0) },
    { kind: 'host', name: 'a.example', first_at: at(0) }
  ]);
});

it('passes over nothing where imports leave a name too many meanings', async () => {
  const stars = Array.from({ length: 21 }, (_, i) => `from m${i} import *`);
  const { runs } = await named(...stars, 'a()', Array.from({ length: 300 }, (_, i) => `f${i}()`).join('\n'));
  expect(runs.map(({ unread }) => unread)).toEqual([...Array<null>(20).fill(null), 'too_many_names', null, 'too_many_names']); // prettier-ignore
});

it('gives up a day that would take too long, and says so of what is left', async () => {
  let now = 0;
  const { runs, readings } = ran('a()', 'q("SELECT 1 FROM cards")', 'q("SELECT 1 FROM cards")');
  const told = await nameRuns(runs, readings, FORBIDS, () => (now += 5_000));
  expect(told.runs.map(({ forbidden, unread }) => [forbidden, unread])).toEqual([
    [[], null],
    [['cards'], null],
    [[], 'too_slow']
  ]);
});
