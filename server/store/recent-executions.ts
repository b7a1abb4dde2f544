import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type ExecutionTable } from './schema.js';

/** What a list shows of an execution. */
export type ExecutionGlance = Pick<
  Selectable<ExecutionTable>,
  'id' | 'timestamp' | 'notebook_path' | 'cell_number' | 'status' | 'execution_time_ms' | 'error_message' | 'client'
> & { code_preview: string };

/**
 * A person's last executions, newest first.
 * @param previewLength characters of the code to show
 */
export async function recentExecutions(
  db: Kysely<Database>,
  username: string,
  limit: number,
  previewLength: number
): Promise<ExecutionGlance[]> {
  return db
    .selectFrom('code_execution_logs')
    .select([
      'id',
      'timestamp',
      'notebook_path',
      'cell_number',
      'status',
      'execution_time_ms',
      'error_message',
      'client'
    ])
    .select(sql<string>`left(code, ${previewLength})`.as('code_preview'))
    .where('username', '=', username)
    .orderBy('timestamp', 'desc')
    .orderBy('id', 'desc') // two runs of one microsecond keep their order from question to question
    .limit(limit)
    .execute();
}
