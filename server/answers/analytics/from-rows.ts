import { type Kysely } from 'kysely';
import * as figures from '../../store/analytics/figures.js';
import { type Scope, type Step } from '../../store/analytics/graph-sql.js';
import { type Database } from '../../store/schema.js';
import { type Graphs, type Listed } from './from-rollups.js';

/** Graphs from the rows themselves, exact. What they cost grows with the rows. */
export async function graphsFromRows(
  db: Kysely<Database>,
  scope: Scope,
  step: Step,
  slowerThan: number,
  listed: Listed
): Promise<Graphs> {
  const [totals, over_time, by_user, by_notebook, slow, heat, frequent_errors, queue] = await Promise.all([
    figures.totals(db, scope),
    figures.overTime(db, scope, step),
    figures.byUser(db, scope, listed.people),
    figures.byNotebook(db, scope, listed.notebooks),
    figures.slow(db, scope, slowerThan, listed.slow),
    figures.heat(db, scope),
    figures.frequentErrors(db, scope, listed.errors),
    figures.queue(db, scope, step)
  ]);
  return {
    percentile_error: 0,
    totals,
    over_time,
    by_user,
    by_notebook,
    slow: { ...slow, threshold_ms: slowerThan },
    heat,
    frequent_errors,
    queue
  };
}
