import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { visitDatabase } from '../store/provide.js';
import { readOnlyQuery, type QueryResult } from '../store/read-only-query.js';
import { NotWell } from './outcome.js';
import { type Surroundings } from './surroundings.js';
import { tableLines } from './table.js';

interface Options {
  json?: boolean;
  timeout: string;
}

/** `celltrail sql`: one statement that reads, for machines without psql. */
export function sqlCommand({ env, out, err }: Surroundings, stdin: NodeJS.ReadableStream = process.stdin): Command {
  return new Command('sql')
    .description('run one statement that reads, as the role celltrail_reader; without one, read it from standard input')
    .argument('[statement]', 'as: "SELECT * FROM code_execution_logs LIMIT 10"')
    .option('--json', 'print the rows as a JSON array of objects')
    .option('--timeout <seconds>', 'end the statement after that long', '60')
    .action(async (argument: string | undefined, { json = false, timeout }: Options) => {
      const { config, warnings } = readConfig(env);
      for (const warning of warnings) err(`celltrail: ${warning}`);
      const timeoutMs = Number(timeout) * 1000;
      if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) return fail(err, '--timeout takes seconds, as 60');
      const statement = (argument ?? (await readAll(stdin))).trim();
      if (!statement) return fail(err, 'no statement; write one, as: celltrail sql "SELECT 1"');
      const database = await visitDatabase(config, createLog('silent'));
      try {
        const result = await query(database.reader, statement, { timeoutMs, asText: !json }, err);
        for (const line of json ? [JSON.stringify(asObjects(result))] : asTable(result)) out(line);
      } finally {
        await database.stop();
      }
    });
}

async function query(
  connection: string,
  statement: string,
  options: { timeoutMs: number; asText: boolean },
  err: (line: string) => void
): Promise<QueryResult> {
  try {
    return await readOnlyQuery(connection, statement, { role: 'celltrail_reader', ...options });
  } catch (error) {
    const { code, message, hint, position } = error as {
      code?: string;
      message: string;
      hint?: string;
      position?: string;
    };
    if (!code || !/^[0-9A-Z]{5}$/.test(code)) throw error;
    err(`ERROR: ${message}${position ? ` (at character ${position})` : ''}`);
    if (hint) err(`HINT: ${hint}`);
    throw new NotWell();
  }
}

function fail(err: (line: string) => void, message: string): never {
  err(`celltrail: ${message}`);
  throw new NotWell();
}

function asTable({ columns, rows, command }: QueryResult): string[] {
  // Asked as text, so texts they are.
  return columns.length ? tableLines(columns, rows as (string | null)[][]) : [command];
}

function asObjects({ columns, rows }: QueryResult): Record<string, unknown>[] {
  return rows.map(row => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}
