import pg from 'pg';
import { clientConfig } from './open.js';

/** What a statement gave: text as psql would show it, or values. */
export interface QueryResult {
  columns: { name: string; numeric: boolean }[];
  /** in the order of the columns; null is null */
  rows: unknown[][];
  /** as `SELECT` */
  command: string;
}

/** How to run one statement of a person's. */
export interface ReadOnlyOptions {
  /** the role that it may do no more than */
  role: 'celltrail_reader';
  timeoutMs: number;
  /** every value as Postgres writes it; else numbers, truth and JSON as such */
  asText: boolean;
}

const NUMERIC = new Set([20, 21, 23, 700, 701, 1700]);
/** What JSON of a program can hold without losing anything; 64-bit integers and numeric stay texts. */
const AS_VALUES = new Set([16, 21, 23, 114, 700, 701, 3802]);

/**
 * Runs one statement as a reader, in a transaction that can only read.
 * Postgres sees it by the extended protocol, which takes one statement: so no second one can end the transaction.
 * @throws what the database says; `code` is its SQLSTATE
 */
export async function readOnlyQuery(
  connection: string,
  statement: string,
  options: ReadOnlyOptions
): Promise<QueryResult> {
  const client = new pg.Client({ ...clientConfig(connection), types: { getTypeParser: parserFor(options.asText) } });
  client.on('error', () => undefined); // the query says it, too
  await client.connect();
  try {
    await client.query("SELECT set_config('role', $1, false), set_config('statement_timeout', $2, false)", [
      options.role,
      String(options.timeoutMs)
    ]);
    await client.query('BEGIN READ ONLY');
    const { rows, fields, command } = await client.query<unknown[]>({
      text: statement,
      rowMode: 'array',
      queryMode: 'extended'
    } as pg.QueryArrayConfig);
    await client.query('ROLLBACK');
    const columns = fields.map(({ name, dataTypeID }) => ({ name, numeric: NUMERIC.has(dataTypeID) }));
    return { columns, rows, command };
  } finally {
    await client.end();
  }
}

function parserFor(asText: boolean): pg.CustomTypesConfig['getTypeParser'] {
  const text = (value: string): unknown => value;
  return (oid: number, format?: unknown) =>
    asText || !AS_VALUES.has(oid)
      ? text
      : (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown);
}
