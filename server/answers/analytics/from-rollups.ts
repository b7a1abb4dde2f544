import { type Kysely } from 'kysely';
import { type Analytics } from '@celltrail/protocol';
import { NOTABLE_MS } from '../../store/analytics/feed.js';
import * as figures from '../../store/analytics/figures.js';
import { notebookKey } from '../../store/analytics/gather.js';
import * as graph from '../../store/analytics/graph-sql.js';
import { type Scope, type Step } from '../../store/analytics/graph-sql.js';
import { errorsByName, slowest } from '../../store/analytics/notable.js';
import { groups, lateRows, slices, stepsOf, timesOf, type LateRow, type Slice } from '../../store/analytics/rolled.js';
import { beginningOf, bucketOf, middleOf, percentiles, SKETCH_ERROR } from '../../store/analytics/sketch.js';
import { tallyOf } from '../../store/analytics/tally.js';
import { type Database, type Instant } from '../../store/schema.js';
import { addPacked, rate, Sum, Sums } from './summing.js';

/** The graphs of an answer. */
export type Graphs = Omit<Analytics, 'begins' | 'ends' | 'tz' | 'step' | 'followed_to'>;

/** How many rows a graph lists. */
export interface Listed {
  people: number;
  notebooks: number;
  slow: number;
  errors: number;
}

/** Graphs from the rollups, with what they have not reached yet; all of one moment. */
export async function graphsFromRollups(
  db: Kysely<Database>,
  scope: Scope,
  step: Step,
  slowerThan: number,
  listed: Listed
): Promise<Graphs> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async tx => {
      const late = await lateRows(tx, scope, step);
      const parts = await slices(tx, scope, step);
      const everyone = scope.username === null && scope.notebook === null;
      const people = everyone ? await grouped(tx, scope, 'user', late, listed.people) : sliced(parts, late, 'username');
      const notebooks = everyone
        ? await grouped(tx, scope, 'notebook', late, listed.notebooks)
        : sliced(parts, late, 'notebook_path');
      const all = new Sum();
      for (const part of parts) all.add(part);
      for (const row of late) all.count(row, row.sign);
      const byUser = ranked(people, listed.people).map(([username, sum]) => ({ username, ...sum.durations() }));
      const byNotebook = ranked(notebooks, listed.notebooks).map(([path, sum]) => ({
        notebook_path: path || null,
        ...sum.durations()
      }));
      const times = overTime(parts, late);
      return {
        percentile_error: SKETCH_ERROR,
        totals: { ...all.durations(), people: counted(people), notebooks: counted(notebooks) },
        over_time: { rows: perStep(times, await stepsOf(tx, scope, step)), sql: graph.overTimeSql(scope, step) },
        by_user: { rows: byUser, sql: graph.groupSql(scope, 'username', listed.people) },
        by_notebook: { rows: byNotebook, sql: graph.groupSql(scope, 'notebook_path', listed.notebooks) },
        slow: await slow(tx, scope, slowerThan, listed.slow, all),
        heat: { rows: heat(parts, late), sql: graph.heatSql(scope) },
        frequent_errors: {
          rows: await errorsByName(tx, scope, listed.errors),
          sql: graph.errorsSql(scope, listed.errors)
        },
        queue: { rows: waiting(times), sql: graph.queueSql(scope, step) }
      };
    });
}

/** Everyone's, by person or notebook. Durations are added up of those only that are listed. */
async function grouped(
  tx: Kysely<Database>,
  scope: Scope,
  by: 'user' | 'notebook',
  late: readonly LateRow[],
  limit: number
): Promise<Sums<string>> {
  const sums = new Sums<string>();
  for (const group of await groups(tx, scope, by)) sums.of(group.name).add(group);
  for (const row of late) sums.of(by === 'user' ? row.username : notebookKey(row.notebook_path)).count(row, row.sign);
  const names = ranked(sums, limit).map(([name]) => name);
  for (const [name, times] of await timesOf(tx, scope, by, names)) addPacked(sums.of(name).times, times);
  return sums;
}

function sliced(parts: readonly Slice[], late: readonly LateRow[], by: 'username' | 'notebook_path'): Sums<string> {
  const sums = new Sums<string>();
  for (const part of parts) sums.of(part[by]).add(part);
  for (const row of late)
    sums.of(by === 'username' ? row.username : notebookKey(row.notebook_path)).count(row, row.sign);
  return sums;
}

/** The busiest first. */
function ranked(sums: Sums<string>, limit: number): [string, Sum][] {
  return [...sums]
    .filter(([, { tally }]) => tally.executions > 0)
    .sort(([a, { tally: x }], [b, { tally: y }]) => y.executions - x.executions || inOrder(a, b))
    .slice(0, limit);
}

/** By name; what has none comes last. */
function inOrder(a: string, b: string): number {
  if (a === '' || b === '') return a === '' ? 1 : -1;
  return a < b ? -1 : 1;
}

/** How many there are; runs without a notebook are in none. */
function counted(sums: Sums<string>): number {
  return [...sums].filter(([name, { tally }]) => name !== '' && tally.executions > 0).length;
}

function overTime(parts: readonly Slice[], late: readonly LateRow[]): Sums<Instant> {
  const sums = new Sums<Instant>();
  for (const part of parts) sums.of(part.at).add(part);
  for (const row of late) sums.of(row.at).count(row, row.sign);
  return sums;
}

function perStep(sums: Sums<Instant>, steps: readonly Instant[]): Analytics['over_time']['rows'] {
  return steps.map(at => {
    const { executions, failed, succeeded } = sums.of(at).tally;
    return { at, executions, errors: failed, error_rate: rate(failed, failed + succeeded) };
  });
}

function waiting(sums: Sums<Instant>): Analytics['queue']['rows'] {
  return [...sums]
    .filter(([, { tally }]) => tally.waited > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, { tally, waits }]) => ({
      at,
      executions: tally.waited,
      average_ms: tally.waited_ms / tally.waited,
      p95_ms: percentiles(waits, [0.95])[0]!,
      longest_ms: middleOf(waits.findLastIndex(count => count > 0))
    }));
}

function heat(parts: readonly Slice[], late: readonly LateRow[]): Analytics['heat']['rows'] {
  const hours = new Map<number, Analytics['heat']['rows'][number]>();
  const add = (weekday: number, hour: number, executions: number, errors: number): void => {
    const known = hours.get(weekday * 24 + hour) ?? { weekday, hour, executions: 0, errors: 0 };
    known.executions += executions;
    known.errors += errors;
    hours.set(weekday * 24 + hour, known);
  };
  for (const { weekday, hour, executions, failed } of parts) add(weekday, hour, executions, failed);
  for (const row of late) {
    const { executions, failed } = tallyOf(row, row.sign);
    add(row.weekday, row.hour, executions, failed);
  }
  return [...hours.entries()]
    .filter(([, { executions }]) => executions > 0)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
}

/** Below a second, how many are slow is told from their sizes, so the threshold is the nearest one that these have. */
async function slow(
  tx: Kysely<Database>,
  scope: Scope,
  slowerThan: number,
  limit: number,
  all: Sum
): Promise<Analytics['slow']> {
  const threshold_ms = slowerThan >= NOTABLE_MS ? slowerThan : beginningOf(bucketOf(slowerThan));
  const sql = graph.slowSql(scope, threshold_ms, limit);
  const found = await slowest(tx, scope, Math.max(threshold_ms, NOTABLE_MS), limit);
  if (threshold_ms >= NOTABLE_MS) return { ...found, threshold_ms, sql };
  const executions = all.times.subarray(bucketOf(threshold_ms)).reduce((sum, count) => sum + count, 0);
  if (found.rows.length === limit || found.rows.length === executions)
    return { ...found, executions, threshold_ms, sql };
  return { ...(await figures.slow(tx, scope, threshold_ms, limit)), threshold_ms };
}
