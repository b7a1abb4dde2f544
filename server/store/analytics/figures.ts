import { sql, type Kysely } from 'kysely';
import { type Analytics } from '@celltrail/protocol';
import { type Database } from '../schema.js';
import * as graph from './graph-sql.js';
import { type Scope, type Step } from './graph-sql.js';

/** Rows of a graph, and the text that an admin can run for them. */
export type Graph<Name extends keyof Analytics> = Analytics[Name] extends { rows: infer Rows }
  ? { rows: Rows; sql: string }
  : never;

async function run<Row>(db: Kysely<Database>, text: string): Promise<{ rows: Row[]; sql: string }> {
  const { rows } = await sql<Row>`${sql.raw(text)}`.execute(db);
  return { rows, sql: text };
}

/** All together. */
export async function totals(db: Kysely<Database>, scope: Scope): Promise<Analytics['totals']> {
  return (await run<Analytics['totals']>(db, graph.totalsSql(scope))).rows[0]!;
}

/** People, the busiest first. */
export function byUser(db: Kysely<Database>, scope: Scope, limit: number): Promise<Graph<'by_user'>> {
  return run(db, graph.groupSql(scope, 'username', limit));
}

/** Notebooks, the busiest first. */
export function byNotebook(db: Kysely<Database>, scope: Scope, limit: number): Promise<Graph<'by_notebook'>> {
  return run(db, graph.groupSql(scope, 'notebook_path', limit));
}

/** Executions and errors over time. */
export function overTime(db: Kysely<Database>, scope: Scope, step: Step): Promise<Graph<'over_time'>> {
  return run(db, graph.overTimeSql(scope, step));
}

/** Hours of the week. */
export function heat(db: Kysely<Database>, scope: Scope): Promise<Graph<'heat'>> {
  return run(db, graph.heatSql(scope));
}

/** Errors by name. */
export function frequentErrors(db: Kysely<Database>, scope: Scope, limit: number): Promise<Graph<'frequent_errors'>> {
  return run(db, graph.errorsSql(scope, limit));
}

/** Waiting in the queue. */
export function queue(db: Kysely<Database>, scope: Scope, step: Step): Promise<Graph<'queue'>> {
  return run(db, graph.queueSql(scope, step));
}

/** The slowest executions, and how many were so slow. */
export async function slow(
  db: Kysely<Database>,
  scope: Scope,
  thresholdMs: number,
  limit: number
): Promise<Omit<Analytics['slow'], 'threshold_ms'>> {
  const text = graph.slowSql(scope, thresholdMs, limit);
  const [listed, counted] = await Promise.all([
    run<Analytics['slow']['rows'][number]>(db, text),
    sql<{ executions: number }>`
      SELECT count(*) AS executions FROM code_execution_logs
       WHERE timestamp >= ${scope.begins}::timestamptz AND timestamp < ${scope.ends}::timestamptz
         AND execution_time_ms >= ${thresholdMs}
         AND (${scope.username}::text IS NULL OR username = ${scope.username})
         AND (${scope.notebook}::text IS NULL OR notebook_path = ${scope.notebook})`.execute(db)
  ]);
  return { ...listed, executions: counted.rows[0]!.executions };
}
