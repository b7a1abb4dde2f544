import { execFileSync } from 'node:child_process';

/** Runs SQL in the real psql, as an admin would. */
export interface Psql {
  /** What psql prints: records of columns, as text. @throws Error with psql's words */
  records(sql: string): string[][];
  /** The rows of a query as objects. */
  rows<Row>(sql: string): Row[];
}

// Code has line ends and bars of its own: psql separates by the ASCII characters that are meant for it.
const UNIT = '\x1f';
const RECORD = '\x1e';

/** psql by the line that the server printed for people to type. */
export function psqlOf(line: string): Psql {
  const text = (sql: string) =>
    execFileSync('sh', ['-c', `${line} -X -At -F '${UNIT}' -R '${RECORD}' -v ON_ERROR_STOP=1 -f -`], {
      input: sql,
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024
    });
  return {
    records: sql => {
      const printed = text(sql).replace(/\n$/, '');
      return printed ? printed.split(RECORD).map(record => record.split(UNIT)) : [];
    },
    rows: <Row>(sql: string) =>
      JSON.parse(text(`SELECT coalesce(json_agg(answer), '[]') FROM (${sql}) AS answer`)) as Row[]
  };
}

/** The psql line in what the server printed. @throws Error when there is none */
export function psqlLine(output: string): string {
  const found = /((?:PGPASSFILE=\S+ )?psql .*)$/m.exec(output);
  if (!found?.[1]) throw new Error(`no psql line in:\n${output}`);
  return found[1].trim();
}
