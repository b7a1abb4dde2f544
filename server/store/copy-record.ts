import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { DatabaseFault } from './database-fault.js';
import { clientConfig } from './open.js';

/** A table that was copied, both sides compared. */
export interface CopiedTable {
  name: string;
  rows: number;
}

/** A table with the columns that hold something: generated ones follow from the others. */
interface Table {
  name: string;
  /** quoted, with commas between */
  columns: string;
}

/**
 * Copies everything on record from one database into another that has the same schema, in one transaction, and compares
 * the two afterwards, row counts and sums over every row. What the other one held before is gone: the migrations put
 * rows of their own there, and an attempt before this one may have, too.
 * @param from connection of a superuser; nobody else may be writing there
 * @param to connection of a superuser
 * @param each called with each table that is there, for a log
 * @throws DatabaseFault `upgrade-failed` when the two differ; the other database is then of no use
 */
export async function copyRecord(
  from: string,
  to: string,
  signal: AbortSignal,
  each: (table: CopiedTable) => void
): Promise<CopiedTable[]> {
  const [source, target] = [await connect(from), await connect(to)];
  try {
    const tables = await tablesOf(source);
    checkKnown(tables, await tablesOf(target));
    await target.query("BEGIN; SET LOCAL session_replication_role = 'replica'"); // the guards judged these rows already
    await makePartitions(source, target);
    await target.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
    for (const table of tables) await copyTable(source, target, table, signal);
    await copySequences(source, target);
    await target.query('COMMIT');
    const copied: CopiedTable[] = [];
    for (const table of tables) {
      signal.throwIfAborted();
      copied.push({ name: table.name, rows: await compare(source, target, table) });
      each(copied.at(-1)!);
    }
    await target.query('ANALYZE');
    return copied;
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

/** Both sides write every value in the same words. */
async function connect(connection: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(connection));
  client.on('error', () => undefined); // the query says it, too
  await client.connect();
  await client.query(`
    SET statement_timeout = 0; SET search_path = public; SET datestyle = 'ISO, YMD'; SET timezone = 'UTC';
    SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1`);
  return client;
}

/** Every table of ours; of a partitioned one the whole, not its parts. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT quote_ident(c.relname) AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) AS columns
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

function checkKnown(tables: readonly Table[], there: readonly Table[]): void {
  const known = new Map(there.map(({ name, columns }) => [name, columns]));
  const strange = tables.filter(({ name, columns }) => known.get(name) !== columns);
  if (strange.length)
    throw failed(`its tables ${strange.map(({ name }) => name).join(', ')} are not those of this version`);
}

/** The months that the other side has: each keeps its own table. */
async function makePartitions(source: pg.Client, target: pg.Client): Promise<void> {
  const { rows } = await source.query<{ parent: string; name: string; bounds: string; comment: string | null }>(`
    SELECT quote_ident(p.relname) AS parent, quote_ident(c.relname) AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds,
           quote_literal(obj_description(c.oid, 'pg_class')) AS comment
      FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid JOIN pg_class AS p ON p.oid = i.inhparent
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relispartition
     ORDER BY c.relname`);
  await target.query('SET LOCAL ROLE celltrail_owner');
  for (const { parent, name, bounds, comment } of rows)
    await target.query(`
      CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${parent} ${bounds};
      COMMENT ON TABLE ${name} IS ${comment ?? 'NULL'}`);
  await target.query('RESET ROLE');
}

async function copyTable(
  source: pg.Client,
  target: pg.Client,
  { name, columns }: Table,
  signal: AbortSignal
): Promise<void> {
  const rows = source.query(copyTo(`COPY (SELECT ${columns} FROM ${name}) TO STDOUT`));
  await pipeline(rows, target.query(copyFrom(`COPY ${name} (${columns}) FROM STDIN`)), { signal });
}

/** The next number that a sequence gives is the next one after the last. */
async function copySequences(source: pg.Client, target: pg.Client): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string }>(`
    SELECT format('%I.%I', schemaname, sequencename) AS name, last_value AS last FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL`);
  for (const { name, last } of rows) await target.query('SELECT setval($1, $2)', [name, last]);
}

async function compare(source: pg.Client, target: pg.Client, table: Table): Promise<number> {
  const [old, made] = await Promise.all([figuresOf(source, table), figuresOf(target, table)]);
  if (old.rows !== made.rows || old.sum !== made.sum)
    throw failed(`${table.name} differs afterwards: ${old.rows} rows there and ${made.rows} here`);
  return Number(old.rows);
}

/** How many rows, and a sum over all of them that does not depend on their order: 64 bits of each row's MD5. */
async function figuresOf(client: pg.Client, { name, columns }: Table): Promise<{ rows: string; sum: string }> {
  const { rows } = await client.query<{ rows: string; sum: string }>(`
    SELECT count(*)::text AS rows, coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text AS sum
      FROM (SELECT ${columns} FROM ${name}) AS t`);
  return rows[0]!;
}

function failed(what: string): DatabaseFault {
  return new DatabaseFault('upgrade-failed', `The record can't be brought over: ${what}.`, 'The old folder is as it was; keep it and report this.'); // prettier-ignore
}
