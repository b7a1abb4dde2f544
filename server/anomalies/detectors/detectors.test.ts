import fc from 'fast-check';
import { type HabitHour } from '../../store/person-day.js';
import { type FirstUse } from '../../store/first-uses.js';
import { type NamedRun, type PersonDay } from '../detector.js';
import { THRESHOLDS } from '../thresholds.js';
import { excessiveFailures } from './excessive-failures.js';
import { firstUse } from './first-use.js';
import { DETECTORS } from './index.js';
import { policyAccess } from './policy-access.js';
import { unreadCode } from './unread-code.js';
import { unusualHour, unusualVolume } from './unusual-patterns.js';

const run = (i: number, change: Partial<NamedRun> = {}): NamedRun => ({
  id: `019aba00-0000-8000-8000-${String(i).padStart(12, '0')}`,
  timestamp: new Date(Date.UTC(2026, 10, 24, 10, 0, i)).toISOString(),
  hour: 10,
  status: 'success',
  error_name: null,
  notebook_path: 'a.ipynb',
  kernel_id: 'k',
  forbidden: [],
  unread: null,
  ...change
});
const runs = (count: number, change: Partial<NamedRun> = {}) => Array.from({ length: count }, (_, i) => run(i, change));
/** Twenty days, 9 to 16 o'clock, five runs an hour, one of forty failed. */
const HABIT: HabitHour[] = Array.from({ length: 20 }, (_, day) =>
  Array.from({ length: 8 }, (_, hour) => ({
    day: `2026-11-${day + 1}`,
    hour: 9 + hour,
    executions: 5,
    errors: hour ? 0 : 1
  }))
).flat();
const day = (change: Partial<PersonDay>): PersonDay => ({
  username: 'sara',
  begins: '2026-11-24T00:00:00.000Z',
  ends: '2026-11-25T00:00:00.000Z',
  runs: [],
  history: HABIT,
  firstUses: { today: [], before: new Map() },
  thresholds: THRESHOLDS,
  ...change
});

describe('excessive failures', () => {
  const failed = (count: number) => runs(count, { status: 'error', error_name: 'KeyError' });

  it('are an hour in which most failed, with what is usual and the failures as evidence', () => {
    const [alert, ...more] = excessiveFailures(day({ runs: [...failed(25), run(99)] }));
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      kind: 'excessive_failures',
      begins: '2026-11-24T10:00:00.000Z',
      figure: 25 / 26,
      normal: { typical: 1 / 40, limit: 0.4, days: 20 },
      names: ['KeyError'],
      evidence_count: 25
    });
    expect(alert!.evidence).toHaveLength(20);
  });

  it('are not a few, nor a usual share of many', () => {
    expect(excessiveFailures(day({ runs: failed(9) }))).toEqual([]);
    expect(excessiveFailures(day({ runs: [...failed(10), ...runs(20)] }))).toEqual([]);
  });

  it('ask for more where nothing is known of the person, and are measured by who fails often', () => {
    const half = [...failed(10), ...runs(10)];
    expect(excessiveFailures(day({ runs: half, history: [] }))).toEqual([]);
    expect(excessiveFailures(day({ runs: half }))).toHaveLength(1);
    const clumsy = HABIT.map(each => ({ ...each, errors: 1 }));
    expect(excessiveFailures(day({ runs: half, history: clumsy }))).toEqual([]);
  });
});

describe('an unusual hour', () => {
  it('is one at which the person hardly ever works', () => {
    expect(unusualHour(day({ runs: runs(6, { hour: 3 }) }))).toMatchObject([
      { figure: 3, unit: 'hour', evidence_count: 6, normal: { days: 20 } }
    ]);
  });

  it('is not beside a usual one, nor for a few runs, nor for a newcomer', () => {
    expect(unusualHour(day({ runs: runs(6, { hour: 8 }) }))).toEqual([]);
    expect(unusualHour(day({ runs: runs(4, { hour: 3 }) }))).toEqual([]);
    expect(unusualHour(day({ runs: runs(6, { hour: 3 }), history: HABIT.slice(0, 16) }))).toEqual([]);
  });
});

describe('an unusual volume', () => {
  it('is far more than the person runs in a day', () => {
    expect(unusualVolume(day({ runs: runs(121) }))).toMatchObject([
      { figure: 121, normal: { typical: 40, limit: 120, days: 20 } }
    ]);
    expect(unusualVolume(day({ runs: runs(120) }))).toEqual([]);
    expect(unusualVolume(day({ runs: runs(500), history: [] }))).toEqual([]);
  });
});

describe('a first use', () => {
  const ran = runs(12);
  const today = ran.map(({ timestamp }, i): FirstUse => ({ kind: 'table', name: `t${i}`, first_at: timestamp }));
  const before = new Map(HABIT.map(({ day: name }) => [name, 1]));

  it('is strange where far more is new than on the days before', () => {
    expect(firstUse(day({ runs: ran, firstUses: { today, before } }))).toMatchObject([
      { figure: 12, unit: 'names', normal: { typical: 1, limit: 5, days: 10 }, evidence_count: 12 }
    ]);
    expect(firstUse(day({ runs: ran, firstUses: { today: today.slice(0, 5), before } }))).toEqual([]);
  });

  it('is not strange where much is new each day, nor for a newcomer', () => {
    const curious = new Map(HABIT.map(({ day: name }) => [name, 5]));
    expect(firstUse(day({ runs: ran, firstUses: { today, before: curious } }))).toEqual([]);
    expect(firstUse(day({ runs: ran, history: HABIT.slice(0, 15 * 8), firstUses: { today, before } }))).toEqual([]);
  });
});

it('a policy is broken by what code names, and the alert says by what', () => {
  const broken = [run(1, { forbidden: ['cards', 'db.get_cards'] }), run(2), run(3, { forbidden: ['\uFFFC.cards', 'cards'] })]; // prettier-ignore
  expect(policyAccess(day({ runs: broken }))).toMatchObject([
    { figure: 2, names: ['cards', 'db.get_cards', '{…}.cards'], normal: null, evidence_count: 2 }
  ]);
  expect(policyAccess(day({ runs: [run(2)] }))).toEqual([]);
});

it('code that could not be read whole is not passed over: the alert says why, with the runs', () => {
  const odd = [run(1, { unread: 'too_slow' }), run(2), run(3, { unread: 'too_long' }), run(4, { unread: 'too_slow' })];
  expect(unreadCode(day({ runs: odd }))).toMatchObject([
    { figure: 3, names: ['too_slow', 'too_long'], evidence: [odd[0]!.id, odd[2]!.id, odd[3]!.id], evidence_count: 3 }
  ]);
  expect(unreadCode(day({ runs: [run(2)] }))).toEqual([]);
});

it('every alert has evidence, a figure and a beginning within its day, whatever was run', () => {
  const some = fc.array(
    fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      status: fc.constantFrom('success', 'error', 'aborted', 'running')
    }),
    { maxLength: 300 }
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: HABIT.length }), (parts, known) => {
      const ran = parts.map((part, i) => run(i, part as Partial<NamedRun>));
      for (const detect of DETECTORS)
        for (const alert of detect(day({ runs: ran, history: HABIT.slice(0, known) }))) {
          expect(alert.evidence.length).toBe(Math.min(20, alert.evidence_count));
          expect(alert.evidence_count).toBeGreaterThan(0);
          expect(Number.isFinite(alert.figure)).toBe(true);
          expect(alert.begins >= '2026-11-24' && alert.begins < '2026-11-25').toBe(true);
        }
    })
  );
});
