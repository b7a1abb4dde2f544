import { type Kysely } from 'kysely';
import { problem } from '../problems.js';
import { databaseProblem } from '../store/database-problem.js';
import { schemaState } from '../store/migrate.js';
import { type Database } from '../store/schema.js';

/** Resolves when the database answers and its schema is current. @throws `database-unreachable` otherwise */
export async function ready(db: Kysely<Database>): Promise<void> {
  const state = await schemaState(db).catch((error: unknown) => {
    throw databaseProblem(error) ?? error;
  });
  if (!state.current) throw problem('database-unreachable', { detail: 'its schema is not current' });
}
