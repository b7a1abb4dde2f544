import { sql, type Kysely } from 'kysely';
import { type RunningNow } from '@celltrail/protocol';
import { type Database } from './schema.js';

/**
 * What runs now, the longest first. Costs what there is open: `code_execution_logs_open` holds nothing else.
 * @param silentS a page that said nothing for so many seconds is no longer open
 */
export async function runningNow(db: Kysely<Database>, silentS: number, limit: number): Promise<RunningNow[]> {
  const { rows } = await sql<RunningNow>`
    SELECT e.id, e.username, e.timestamp, e.notebook_path, e.cell_number, left(e.code, 200) AS code_preview, e.status,
           e.execution_time_ms, e.error_message, e.client, e.kernel_id, e.kernel_name,
           greatest(0, extract(epoch FROM now() - e.timestamp) * 1000)::float8 AS running_ms,
           coalesce(p.last_seen > now() - make_interval(secs => ${silentS}), false) AS page_open
      FROM code_execution_logs AS e
      LEFT JOIN page_presence AS p ON p.page_id = e.page_id AND p.username = e.username
     WHERE e.status = 'running' ORDER BY e.timestamp, e.id LIMIT ${limit}`.execute(db);
  return rows;
}
