import { type Kysely } from 'kysely';
import { type ActivityPage, type ExecutionDetail } from '@celltrail/protocol';
import { problem } from '../problems.js';
import { cellVersions, findExecution } from '../store/execution-detail.js';
import { executionsOf, neighbours } from '../store/execution-lists.js';
import { type Database } from '../store/schema.js';
import { type Access, type Reader } from './access.js';
import { type Cursors } from '../formats/cursor.js';

/** Runs of the kernel that are shown on each side of one. */
const NEIGHBOURS = 5;
/** Earlier versions of a cell that are shown. */
const VERSIONS = 20;

/** Answers about runs, one or many. */
export interface ExecutionAnswers {
  /** One run whole. @throws `not-found` where there is none, or none that this reader may see: the two look alike */
  detail(reader: Reader, id: string): Promise<ExecutionDetail>;
  /** @param ask `user`: whose feed; null for the reader's own. @throws `admin-only`, `cursor-invalid` */
  activity(reader: Reader, ask: { user: string | null; limit: number; cursor: string | null }): Promise<ActivityPage>;
}

/** Answers from one database; what is read of others goes on record first. */
export function createExecutionAnswers(db: Kysely<Database>, access: Access, cursors: Cursors): ExecutionAnswers {
  return {
    async detail(reader, id) {
      const scope = reader.role === 'analyst' ? reader.username : null;
      const execution = await findExecution(db, id, scope);
      if (!execution) throw problem('not-found', {});
      const [before, after, versions] = await Promise.all([
        neighbours(db, execution, 'before', scope, NEIGHBOURS),
        neighbours(db, execution, 'after', scope, NEIGHBOURS),
        cellVersions(db, execution, VERSIONS)
      ]);
      const { username } = execution;
      const shown = [execution, ...before, ...after, ...versions.map(version => ({ ...version, username }))];
      await access.read(reader, shown, 'execution');
      return { execution, before, after, versions };
    },
    async activity(reader, { user, limit, cursor }) {
      const username = user ?? reader.username;
      if (username !== reader.username && reader.role === 'analyst') throw problem('admin-only', {});
      const subject = JSON.stringify(['activity', reader.username, username]);
      const [timestamp, id] = cursor === null ? [] : await cursors.open(subject, cursor);
      const place = timestamp === undefined || id === undefined ? null : { timestamp, id };
      // One more than is shown, to know whether there is a next page.
      const found = await executionsOf(db, username, place, limit + 1);
      const items = found.slice(0, limit);
      await access.read(reader, items, 'activity');
      const last = items.at(-1);
      const next = found.length > limit && last ? await cursors.seal(subject, [last.timestamp, last.id]) : null;
      return { items, next };
    }
  };
}
