import { sql, type Kysely } from 'kysely';
import { type ExecutionStatus } from '@celltrail/protocol';
import { type Database } from './schema.js';
import { unnest } from './unnest.js';

/** Length of a bucket in ms: every time zone's midnight is the beginning of one. */
export const BUCKET_MS = 15 * 60 * 1000;

/** What of a row its figures are made of. */
export interface Counted {
  username: string;
  timestamp: string;
  status: ExecutionStatus;
  execution_time_ms: number | null;
}

/** A row that came (`before` null) or changed. */
export interface Change {
  before: Counted | null;
  after: Counted;
}

/** What to add to one rollup. */
export interface Delta {
  username: string;
  bucket: string;
  status: ExecutionStatus;
  executions: number;
  total_time_ms: number;
}

/** What changes of rows mean for the rollups, sorted by key so that two replicas never wait for each other in a circle. */
export function rollupDeltas(changes: readonly Change[]): Delta[] {
  const deltas = new Map<string, Delta>();
  const add = (row: Counted, sign: 1 | -1): void => {
    const bucket = new Date(Math.floor(Date.parse(row.timestamp) / BUCKET_MS) * BUCKET_MS).toISOString();
    const key = JSON.stringify([row.username, bucket, row.status]);
    const delta = deltas.get(key) ?? {
      username: row.username,
      bucket,
      status: row.status,
      executions: 0,
      total_time_ms: 0
    };
    delta.executions += sign;
    delta.total_time_ms += sign * (row.execution_time_ms ?? 0);
    deltas.set(key, delta);
  };
  for (const { before, after } of changes) {
    if (before) add(before, -1);
    add(after, 1);
  }
  return [...deltas.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
}

/** Adds to the rollups, in the order given. */
export async function addToRollups(db: Kysely<Database>, deltas: readonly Delta[]): Promise<void> {
  const columns = {
    username: 'text',
    bucket: 'timestamptz',
    status: 'text',
    executions: 'bigint',
    total_time_ms: 'double precision'
  } as const;
  const moved = deltas.filter(({ executions, total_time_ms }) => executions !== 0 || total_time_ms !== 0);
  if (!moved.length) return;
  await sql`
    INSERT INTO execution_rollups AS r (username, bucket, status, executions, total_time_ms)
    SELECT * FROM ${unnest('u', columns, moved)}
    ON CONFLICT (username, bucket, status) DO UPDATE
       SET executions = r.executions + excluded.executions, total_time_ms = r.total_time_ms + excluded.total_time_ms`.execute(
    db
  );
}
