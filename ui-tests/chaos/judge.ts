import { type Engine } from './engine.js';
import { type Captured, type Contents } from './note.js';
import { isOwed, type PageRecord, type Recorder } from './recorder.js';

/** What the truth, the database and the outboxes say of each other. All of it but the first four should be empty. */
export interface Verdict {
  /** events that pages captured */
  captured: number;
  /** of these, events in the database */
  stored: number;
  /** bad ones that the server refused and the outbox keeps */
  refused: number;
  /** those that lay only in the memory of a process that was killed, and how many of them came through all the same */
  inMemoryOnly: { events: number; stored: number };
  /** owed, and nowhere */
  lost: string[];
  /** in the database twice or with two contents, or counted twice */
  doubled: string[];
  /** in an outbox after the time to drain */
  waiting: string[];
  /** good ones that were refused, bad ones that were stored, and what nobody captured */
  wrong: string[];
}

interface Stored {
  executions: Map<string, string>;
  events: Set<string>;
  accounts: Map<string, string>;
}

/** Compares all there is. The database must be up and fault-free. */
export async function judge(recorder: Recorder, engine: Engine, outboxes: readonly Contents[]): Promise<Verdict> {
  const stored = await readStored(engine);
  const place = ({ page, seq }: { page: string; seq: number }): string => `${page} ${seq}`;
  const waiting = new Set(outboxes.flatMap(({ waiting }) => waiting.map(place)));
  const refused = new Set(outboxes.flatMap(({ refused }) => refused.map(place)));
  const verdict: Verdict = {
    captured: recorder.count,
    stored: 0,
    refused: 0,
    inMemoryOnly: { events: 0, stored: 0 },
    lost: [],
    doubled: await findDoubles(engine),
    waiting: [...waiting],
    wrong: []
  };
  const known = new Set<string>();
  for (const page of recorder.pages.values()) {
    for (const event of page.events.values()) {
      const name = `${page.page} ${event.seq}`;
      known.add(name);
      weigh(verdict, page, event, {
        isStored: has(stored, event),
        isWaiting: waiting.has(name),
        isRefused: refused.has(name)
      });
    }
  }
  for (const name of [...waiting, ...refused, ...stored.accounts.keys()])
    if (!known.has(name)) verdict.wrong.push(`${name}: nobody captured it`);
  return verdict;
}

function weigh(
  verdict: Verdict,
  page: PageRecord,
  event: Captured,
  { isStored, isWaiting, isRefused }: { isStored: boolean; isWaiting: boolean; isRefused: boolean }
): void {
  const name = `${page.page} ${event.seq} (${event.kind} ${event.id}, ${page.profile} ${page.tab})`;
  if (isStored) verdict.stored += 1;
  if (isRefused) verdict.refused += 1;
  if (isRefused !== (event.kind === 'poison') && isRefused) verdict.wrong.push(`${name}: refused`);
  if (event.kind === 'poison' && isStored) verdict.wrong.push(`${name}: stored`);
  if (!isOwed(page, event.seq)) {
    verdict.inMemoryOnly.events += 1;
    if (isStored) verdict.inMemoryOnly.stored += 1;
  } else if (!isStored && !isWaiting && !isRefused) {
    verdict.lost.push(name);
  }
}

// A start is there when its run is; an end when its run is there and ended.
function has({ executions, events }: Stored, { kind, id }: Captured): boolean {
  if (kind === 'other') return events.has(id);
  const status = executions.get(id);
  return kind === 'started' ? status !== undefined : status !== undefined && status !== 'running';
}

async function readStored(engine: Engine): Promise<Stored> {
  const executions = await engine.query<{ id: string; status: string; page_id: string; page_seq: string }>(
    'SELECT id, status, page_id, page_seq FROM code_execution_logs'
  );
  const events = await engine.query<{ id: string; page_id: string; page_seq: string }>(
    'SELECT id, page_id, page_seq FROM audit_events WHERE page_id IS NOT NULL'
  );
  return {
    executions: new Map(executions.map(({ id, status }) => [id, status])),
    events: new Set(events.map(({ id }) => id)),
    accounts: new Map([...executions, ...events].map(({ id, page_id, page_seq }) => [`${page_id} ${page_seq}`, id]))
  };
}

/** Every text and every event has a content of its own; the figures must count what there is. */
async function findDoubles(engine: Engine): Promise<string[]> {
  const twice = await engine.query<{ what: string }>(`
    SELECT 'code ' || split_part(code, E'\\n', 1) AS what FROM code_execution_logs GROUP BY 1 HAVING count(*) > 1
    UNION ALL
    SELECT 'event ' || page_id || ' ' || page_seq FROM audit_events WHERE page_id IS NOT NULL
     GROUP BY page_id, page_seq HAVING count(*) > 1
    UNION ALL
    SELECT type || ' ' || id FROM audit_events WHERE type IN ('execution.contradicted', 'event.contradicted')`);
  const [counted] = await engine.query<{ rows: string; counted: string }>(`
    SELECT (SELECT count(*) FROM code_execution_logs) AS rows, (SELECT sum(executions) FROM execution_rollups) AS counted`);
  const miscounted =
    Number(counted?.rows) === Number(counted?.counted)
      ? []
      : [`the figures count ${counted?.counted} executions of ${counted?.rows}`];
  return [...twice.map(({ what }) => what), ...miscounted];
}
