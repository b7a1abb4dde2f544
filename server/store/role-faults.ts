import { sql, type Kysely } from 'kysely';
import { type Database } from './schema.js';

/** The two tables that are the record, and what each role may do there as a whole. Completing is granted by column. */
const RECORD = ['code_execution_logs', 'audit_events'];
const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];
const MAY: Record<string, string[]> = { celltrail_ingest: ['SELECT', 'INSERT'], celltrail_reader: ['SELECT'] };

/**
 * What is wrong with the rights on the record.
 * @returns sentences without a full stop, in English; empty when all is as it should be
 */
export async function roleFaults(db: Kysely<Database>): Promise<string[]> {
  const roles = Object.keys(MAY);
  const found = await sql<{ current: string; there: string[] }>`
    SELECT current_user AS current, array(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(${roles})) AS there
  `.execute(db);
  const { current, there } = found.rows[0]!;
  const missing = roles.filter(role => !there.includes(role)).map(role => `the role ${role} is missing`);
  const acting = current === 'celltrail_ingest' ? [] : [`the server acts as ${current}, not as celltrail_ingest`];
  const { rows } = await sql<{ role: string; tbl: string; priv: string; has: boolean }>`
    SELECT role, tbl, priv, has_table_privilege(role, tbl, priv) AS has
      FROM unnest(${there}::text[]) AS role, unnest(${RECORD}::text[]) AS tbl, unnest(${PRIVILEGES}::text[]) AS priv
     WHERE to_regclass(tbl) IS NOT NULL`.execute(db);
  const wrong = rows
    .filter(({ role, priv, has }) => has !== MAY[role]!.includes(priv))
    .map(({ role, tbl, priv, has }) => `${role} may ${has ? '' : 'not '}${priv} on ${tbl}`);
  return [...acting, ...missing, ...wrong];
}
