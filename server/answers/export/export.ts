import { randomUUID } from 'node:crypto';
import { type Kysely } from 'kysely';
import { type ExportFormat } from '@celltrail/protocol';
import { csv } from '../../formats/csv.js';
import { type ExportedRow } from '../../formats/exported-rows.js';
import { jsonLines } from '../../formats/json-lines.js';
import { parquet } from '../../formats/parquet.js';
import { type Log } from '../../log.js';
import { problem } from '../../problems.js';
import { type Search } from '../../store/search/conditions.js';
import { type Place } from '../../store/search/find.js';
import { matchingPlaces, placeOf } from '../../store/search/places.js';
import { type Database } from '../../store/schema.js';
import { recordServerEvent } from '../../store/server-events.js';
import { wholeExecutions } from '../../store/whole-executions.js';
import { type Reader } from '../access.js';
import { ownOnly, understand } from '../search/understand.js';
import { inZone } from '../time-zone.js';

/** What to export. */
export interface ExportQuestion {
  format: ExportFormat;
  q: string;
  /** IANA time zone of the days in `q`; null for the database's */
  tz: string | null;
  /** id of the last run that is there already; null: from the newest on */
  after: string | null;
}

/** A file that is made while it is read. */
export interface ExportFile {
  name: string;
  /** begun when it is read first; ended early, it is on record as cut off */
  parts: AsyncIterable<string | Uint8Array>;
}

/** Exports of what searches find. */
export interface Exports {
  /** @throws `search-invalid`, `field-invalid` for a zone or an `after` that is none; reading may throw `too-many-exports` */
  begin(reader: Reader, question: ExportQuestion): Promise<ExportFile>;
  /** Cuts off what is being exported, and resolves when that is on record. */
  close(): Promise<void>;
}

/** Exports that one server makes at once: each asks the database again and again, beside what is being stored. */
export const MOST_EXPORTS = 4;
/** Runs, and bytes of their texts, that are fetched at once: what an export holds in memory. */
const FETCHED = { runs: 1_000, bytes: 4 * 1024 * 1024 };

/** Exports of one database. @param now the clock */
export function createExports(db: Kysely<Database>, log: Log, now: () => Date): Exports {
  const going = new Set<Promise<void>>();
  let closing = false;

  /** Rows to go out, with what becomes of them on record: before the first leaves, and after the last did. */
  async function* recorded(said: Record<string, unknown>, reader: Reader, fetched: AsyncGenerator<ExportedRow[]>) {
    if (going.size >= MOST_EXPORTS) throw problem('too-many-exports', { fix: 'wait for another one to end' });
    let settle = (): void => undefined;
    const ended = new Promise<void>(resolve => (settle = resolve));
    going.add(ended);
    const tell = (type: 'export.started' | 'export.made', more: Record<string, unknown>) =>
      recordServerEvent(db, { type, username: reader.username, at: now(), body: { ...said, ...more } });
    const of = new Set<string>();
    let rows = 0;
    let reason: string | null = 'reader_left';
    try {
      await tell('export.started', {});
      for (;;) {
        if (closing) throw problem('stopping', {});
        const batch = await fetched.next();
        if (batch.done) break;
        rows += batch.value.length;
        for (const { username } of batch.value) of.add(username as string);
        yield batch.value;
      }
      reason = null;
    } catch (error) {
      reason = closing ? 'server_stopped' : 'server_failed';
      throw error;
    } finally {
      await tell('export.made', { rows, of: [...of].sort(), complete: reason === null, reason }).catch(
        (error: unknown) =>
          log.warn({ code: (error as { code?: unknown }).code, rows }, 'the end of an export is not on record')
      );
      going.delete(ended);
      settle();
    }
  }

  return {
    async begin(reader, { format, q, tz, after }) {
      const own = ownOnly(reader);
      const search = understand(own, { q, tz });
      const place = after === null ? null : await placeOf(db, after, own);
      if (after !== null && !place) throw problem('field-invalid', { field: 'after', fix: 'name the id of the last row that you have' }); // prettier-ignore
      await inZone(tz, () => Promise.resolve());
      const said = { export_id: randomUUID(), role: reader.role, query: q, tz, format, after };
      const rows = recorded(said, reader, fetchRuns(db, search, place));
      const day = now().toISOString().slice(0, 10);
      const parts = format === 'csv' ? csv(rows, !place) : format === 'jsonl' ? jsonLines(rows) : parquet(rows);
      return { name: `celltrail-${day}.${format}`, parts };
    },
    async close() {
      closing = true;
      await Promise.all(going);
    }
  };
}

/** The runs that a search finds, whole, newest first, a bounded number of bytes at a time. */
async function* fetchRuns(db: Kysely<Database>, search: Search, after: Place | null): AsyncGenerator<ExportedRow[]> {
  const pages = matchingPlaces(db, search, after);
  for (;;) {
    const page = await inZone(search.tz, () => pages.next());
    if (page.done) return;
    const ids = page.value.map(({ id }) => id);
    while (ids.length) {
      const { rows, done } = await wholeExecutions(db, ids.slice(0, FETCHED.runs), FETCHED.bytes);
      ids.splice(0, done);
      if (rows.length) yield rows;
    }
  }
}
