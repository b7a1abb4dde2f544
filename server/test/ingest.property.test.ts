import fc from 'fast-check';
import { type ExecutionEvent, type ExecutionStatus } from '@celltrail/protocol';
import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(120_000);

const STATUSES: ExecutionStatus[] = ['success', 'error', 'interrupted', 'aborted', 'kernel_died', 'unknown'];
const HOUR = Date.parse('2026-11-24T10:00:00Z');

/** A run as its page tells it: perhaps its start, perhaps an unknown end, its end; each perhaps several times. */
const run = fc.record({
  user: fc.constantFrom('sara', 'reza', "o'brien"),
  status: fc.constantFrom(...STATUSES),
  minute: fc.integer({ min: 0, max: 59 }),
  startMinute: fc.integer({ min: 0, max: 59 }),
  time: fc.option(fc.integer({ min: 0, max: 5_000_000 }).map(us => us / 1000)),
  parts: fc.array(fc.constantFrom('start', 'unknown', 'end', 'contradiction'), { minLength: 1, maxLength: 6 })
});

type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;

function eventsOf({ status, minute, startMinute, time, parts }: Run): ExecutionEvent[] {
  const page = testPage(HOUR);
  const at = (minutes: number): string => new Date(HOUR + minutes * 60_000).toISOString();
  const end = page.finished({ status, timestamp: at(minute), execution_time_ms: time });
  const made = {
    start: page.startOf(end, { timestamp: at(startMinute) }),
    unknown: { ...end, status: 'unknown' as const },
    end,
    contradiction: { ...end, status: 'kernel_restarted' as const }
  };
  return parts.map(part => made[part]);
}

for (const database of databases)
  describe(`whatever is sent to ${database.name}`, () => {
    let fresh: FreshDatabase;
    let ingest: Ingest;
    beforeAll(async () => {
      fresh = await database.fresh();
      const store = await fresh.store();
      ingest = createIngest({ store, log: createLog('silent'), now: () => HOUR, announce: () => undefined });
    });
    afterAll(() => fresh.drop());

    const recount = `
      SELECT username, to_char(date_bin('15 minutes', timestamp, '2000-01-01Z') AT TIME ZONE 'UTC', 'HH24:MI') AS bucket, status,
             count(*)::int AS executions, round(coalesce(sum(execution_time_ms), 0)::numeric, 3)::float8 AS total_time_ms
        FROM code_execution_logs GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
    const rollups = `
      SELECT username, to_char(bucket AT TIME ZONE 'UTC', 'HH24:MI') AS bucket, status, executions::int,
             abs(round(total_time_ms::numeric, 3)::float8) AS total_time_ms
        FROM execution_rollups WHERE executions <> 0 ORDER BY 1, 2, 3`;

    it('has rollups that equal a recount, one row per run, and every event is answered stored or duplicate', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(run, { minLength: 1, maxLength: 12 }),
          fc.integer({ min: 1, max: 7 }),
          fc.infiniteStream(fc.nat()),
          async (runs, size, noise) => {
            // prettier-ignore
            const sent = runs.flatMap(one => eventsOf(one).map(event => ({ event, user: one.user, place: noise.next().value as number })));
            sent.sort((a, b) => a.place - b.place);
            const batches = Array.from({ length: Math.ceil(sent.length / size) }, (_, i) => sent.slice(i * size, (i + 1) * size)); // prettier-ignore
            const answers = await Promise.all(
              batches.flatMap(batch =>
                [...new Set(batch.map(({ user }) => user))].map(username =>
                  ingest.accept(
                    { username },
                    { events: batch.filter(({ user }) => user === username).map(({ event }) => event) }
                  )
                )
              )
            );
            expect(new Set(answers.flat().map(({ outcome }) => outcome))).toEqual(answers.flat().some(({ outcome }) => outcome === 'duplicate') ? new Set(['stored', 'duplicate']) : new Set(['stored'])); // prettier-ignore
            expect(await fresh.query(rollups)).toEqual(await fresh.query(recount));
            const [{ missing }] = (await fresh.query(
              'SELECT count(*)::int AS missing FROM unnest($1::uuid[]) AS u(id) WHERE NOT EXISTS (SELECT FROM code_execution_logs l WHERE l.id = u.id)',
              [sent.map(({ event }) => event.id)]
            )) as [{ missing: number }];
            expect(missing).toBe(0);
          }
        ),
        { numRuns: 150 }
      );
      expect(await fresh.query('SELECT FROM execution_rollups WHERE executions < 0')).toEqual([]);
    });
  });
