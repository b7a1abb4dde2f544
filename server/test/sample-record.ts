import pg from 'pg';
import { type FreshDatabase, type TestEngine } from './databases.js';
import { storeRuns } from './stored-runs.js';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** An instant so long before now. */
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** Every view for reports. */
export const REPORTS = [
  'daily_activity',
  'hourly_activity',
  'user_summary',
  'slow_executions',
  'running_executions',
  'error_summary',
  'notebook_summary',
  'capture_coverage',
  'kernel_gaps',
  'access_log'
];

/** A database with the sample record, and a reader's connection to it. */
export interface SampleRecord {
  fresh: FreshDatabase;
  reader: pg.Client;
  drop: () => Promise<void>;
}

/** Makes a database with the sample record on an engine. */
export async function makeSampleRecord(engine: TestEngine): Promise<SampleRecord> {
  const fresh = await engine.fresh();
  await storeSampleRecord(fresh);
  const reader = new pg.Client(fresh.reader);
  await reader.connect();
  const drop = async () => {
    await reader.end();
    await fresh.drop();
  };
  return { fresh, reader, drop };
}

/** What a week in a small company leaves on record: something for every question that docs/sql.md answers. */
async function storeSampleRecord(fresh: Pick<FreshDatabase, 'query'>): Promise<void> {
  await storeRuns(fresh, [
    { username: 'test_user', timestamp: ago(10 * SECOND_MS), code: 'print("سلام")' },
    { username: 'test_user', timestamp: ago(2 * DAY_MS), execution_time_ms: 4200, notebook_path: 'فروش.ipynb' },
    { username: 'test_user', timestamp: ago(40 * DAY_MS), code: 'SELECT * FROM customers' },
    { timestamp: ago(20 * SECOND_MS), status: 'running', execution_time_ms: null, code: 'sleep(600)' },
    { timestamp: ago(3 * DAY_MS), status: 'error', error_message: 'ZeroDivisionError: division by zero', code: '1/0' },
    { timestamp: ago(3 * DAY_MS), status: 'error', error_message: 'KeyError: x', queued_ms: 5000 },
    { timestamp: ago(3 * DAY_MS), status: 'aborted', execution_time_ms: null },
    { username: 'reza', timestamp: ago(5 * DAY_MS), status: 'interrupted', execution_time_ms: 90_000 },
    { username: 'reza', timestamp: ago(5 * DAY_MS), status: 'kernel_died', notebook_path: null, client: 'console' },
    { username: 'reza', timestamp: ago(6 * DAY_MS), code: '=1+1', kernel_name: 'ir' },
    { username: 'nima', timestamp: ago(40 * DAY_MS) },
    ...Array.from({ length: 12 }, () => ({ username: 'ali', timestamp: ago(4 * DAY_MS) }))
  ]);
  await storePages(fresh);
  await storeEvents(fresh);
}

async function storePages(fresh: Pick<FreshDatabase, 'query'>): Promise<void> {
  const pages: [string, number, boolean, string | null, number][] = [
    ['test_user', 5, true, null, 0],
    ['sara', 5, false, null, 0],
    ['mina', 5, true, 'bypassed', 0],
    ['reza', 3600, true, null, 3]
  ];
  for (const [username, seconds, capturing, fault, waiting] of pages)
    await fresh.query(
      `INSERT INTO page_presence (page_id, username, extension_version, capturing, fault, waiting, refused, last_seen, browser_id)
       VALUES (gen_random_uuid(), $1, '0.1.0', $2, $3, $4, 0, now() - make_interval(secs => $5), gen_random_uuid())`,
      [username, capturing, fault, waiting, seconds]
    );
  await fresh.query(`
    INSERT INTO page_sequences (page_id, username, arrived, hole_since, heard_at)
    VALUES (gen_random_uuid(), 'reza', '{[1,4),[6,9)}', now() - interval '1 hour', now() - interval '1 hour')`);
}

async function storeEvents(fresh: Pick<FreshDatabase, 'query'>): Promise<void> {
  const events: [string, string, Record<string, unknown>][] = [
    ['capture.disabled', 'sara', { reason: 'settings' }],
    ['capture.enabled', 'sara', { reason: 'settings' }],
    ['capture.disabled', 'sara', { reason: 'settings' }],
    ['capture.gap', 'reza', { reason: 'execution_count', gap_from: '4', gap_to: '7', missing: 2 }],
    ['capture.gap', 'reza', { reason: 'connection_lost', gap_from: ago(DAY_MS), gap_to: ago(DAY_MS), missing: null }],
    ['terminal.closed', 'reza', { terminal_name: '1', duration_ms: 600_000 }],
    ['execution.contradicted', 'reza', { code: '2' }],
    ['access.read', 'mina', { where: 'search', role: 'auditor', of: ['reza', 'sara'], executions: ['a', 'b', 'c'] }],
    ['access.denied', 'sara', { reason: 'role', address: '127.0.0.1', route: '/api/v1/people' }],
    ['export.started', 'mina', { role: 'auditor', query: 'status:error', format: 'csv' }],
    ['export.made', 'mina', { role: 'auditor', query: 'status:error', format: 'csv', of: ['sara'], rows: 2 }],
    ['token.created', 'mina', { name: 'lab', of: 'sara', role: 'analyst' }]
  ];
  for (const [type, username, body] of events)
    await fresh.query(
      `INSERT INTO audit_events (id, type, username, observed_at, page_id, kernel_id, body)
       VALUES (gen_random_uuid(), $1, $2, now() - interval '1 day', gen_random_uuid(), 'k', $3)`,
      [type, username, body]
    );
}
