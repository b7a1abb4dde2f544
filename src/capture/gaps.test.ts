import { blindGap, follow, FRESH, LATE, mayMiss, type Counted, type Counting, type Gap } from './gaps.js';
import { rulesOf } from './rules.js';

const ipython = rulesOf('ipython').counts;
const bash = rulesOf('bash_kernel').counts;

function gapsOf(start: Counting, seen: (Partial<Counted> & { count: number })[], rule = ipython): Gap[] {
  let counting = start;
  return seen.flatMap(one => {
    const next = follow(counting, { stored: true, alone: true, ...one }, rule);
    counting = next.counting;
    return next.gap ?? [];
  });
}

test('numbers without a hole tell nothing', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 2 }, { count: 3 }])).toEqual([]);
});

test('a hole is told with its size', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 5 }, { count: 6 }])).toEqual([
    { reason: 'execution_count', gap_from: '1', gap_to: '5', missing: 3 }
  ]);
});

test('a kernel that was seen starting has no number before 1', () => {
  expect(gapsOf(FRESH, [{ count: 3 }])).toEqual([
    { reason: 'execution_count', gap_from: '0', gap_to: '3', missing: 2 }
  ]);
});

test('a page that came late says how many ran before it', () => {
  expect(gapsOf(LATE, [{ count: 8 }, { count: 9 }])).toEqual([
    { reason: 'page_late', gap_from: null, gap_to: '8', missing: 7 }
  ]);
  expect(gapsOf(LATE, [{ count: 1 }])).toEqual([]);
});

test("IPython's unstored runs repeat the number of the next one", () => {
  const own = [{ count: 1 }, { count: 2, stored: false }, { count: 2, stored: false }, { count: 2 }, { count: 3 }];
  expect(gapsOf(FRESH, own)).toEqual([]);
  expect(gapsOf(FRESH, [...own, { count: 5 }])).toHaveLength(1);
});

test("another client's unstored run doesn't say that it is one, and hides no hole after it ended", () => {
  const theirs = [{ count: 1 }, { count: 2, stored: null }, { count: 2, stored: null }, { count: 3, stored: null }];
  expect(gapsOf(FRESH, theirs)).toEqual([]);
  expect(gapsOf(FRESH, [...theirs, { count: 5 }])).toEqual([
    { reason: 'execution_count', gap_from: '3', gap_to: '5', missing: 1 }
  ]);
});

test('runs side by side in subshells may tell the same number and make the next two higher', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 2 }, { count: 2, alone: false }, { count: 4 }])).toEqual([]);
});

test('bash counts unstored runs, too', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 2, stored: false }, { count: 3 }], bash)).toEqual([]);
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 2, stored: false }, { count: 4 }], bash)).toHaveLength(1);
});

test('a kernel nothing is known of tells only that the page came late', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 9 }], null)).toEqual([]);
  expect(gapsOf(LATE, [{ count: 9 }], null)).toEqual([
    { reason: 'page_late', gap_from: null, gap_to: '9', missing: null }
  ]);
});

test('a hole after a time of not looking has that cause, once', () => {
  const { counting } = follow(FRESH, { count: 1, stored: true, alone: true }, ipython);
  expect(gapsOf(mayMiss(counting, 'capture_disabled'), [{ count: 4 }, { count: 6 }]).map(gap => gap.reason)).toEqual([
    'capture_disabled',
    'execution_count'
  ]);
});

test('a number that falls back is a new beginning', () => {
  expect(gapsOf(FRESH, [{ count: 1 }, { count: 2 }, { count: 1 }, { count: 2 }])).toEqual([]);
});

test('a time of blindness has its dates', () => {
  expect(blindGap('connection_lost', 'a', null)).toEqual({
    reason: 'connection_lost',
    gap_from: 'a',
    gap_to: null,
    missing: null
  });
});
