import { sql, type Kysely } from 'kysely';
import { type Database } from './schema.js';

/** Which database this is. Throws when it does not answer. */
export async function databaseFacts(db: Kysely<Database>): Promise<{ name: string; version: string }> {
  const { rows } = await sql<{ name: string; version: string }>`
    SELECT current_database()::text AS name, split_part(current_setting('server_version'), ' ', 1) AS version
  `.execute(db);
  return rows[0]!;
}
