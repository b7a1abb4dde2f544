import { sql, type RawBuilder } from 'kysely';

/** The type of a column as it travels in an array. `text[]` travels as one text per row: unnest would flatten it. */
export type ColumnType =
  'uuid' | 'text' | 'bigint' | 'double precision' | 'timestamptz' | 'boolean' | 'jsonb' | 'text[]';

/**
 * Rows as a table that one statement can read: one array parameter per column.
 * Tried with 1.6 KB rows: 0.6 of COPY's rate, against 0.1 for a statement per row (`node bench/ingest.mjs`).
 * @param alias name of the table in the statement
 * @param columns which fields of the rows, in that order, with their types
 */
export function unnest<Row>(
  alias: string,
  columns: Readonly<Partial<Record<keyof Row & string, ColumnType>>>,
  rows: readonly Row[]
): RawBuilder<unknown> {
  const entries = Object.entries(columns) as [keyof Row & string, ColumnType][];
  const arrays = entries.map(([name, type]) => {
    const values = rows.map(row => asParameter(row[name], type));
    return sql`${sql.val(values)}::${sql.raw(type === 'text[]' ? 'text' : type)}[]`;
  });
  const names = sql.join(entries.map(([name]) => sql.id(name)));
  return sql`unnest(${sql.join(arrays)}) AS ${sql.id(alias)} (${names})`;
}

/** The columns of such a table, each cast to the type it has in the database. */
export function columnsOf(alias: string, columns: Readonly<Record<string, ColumnType>>): RawBuilder<unknown> {
  return sql.join(
    Object.entries(columns).map(([name, type]) =>
      type === 'text[]' ? sql`${sql.ref(`${alias}.${name}`)}::text[]` : sql.ref(`${alias}.${name}`)
    )
  );
}

function asParameter(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  if (type === 'text[]') return arrayLiteral(value as readonly string[]);
  return value;
}

/** PostgreSQL 15, §8.15.2 */
function arrayLiteral(items: readonly string[]): string {
  return `{${items.map(item => `"${item.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}
