import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row } from '../compare.js';
import { NOBODYS } from './identify.js';

/**
 * jupyter-cell-logger (PyPI): a server extension that wraps the kernel websocket's `on_message` and appends the code
 * of each execute request to `cell_log_<day>.jsonl`. It keeps the second it came in, kernel and code: no outcome, no
 * end, no error.
 */
interface Logged {
  /** ISO, to the second */
  timestamp: string;
  kernel_id: string;
  code: string;
}

/** The environment that has it write into that folder. */
export const cellLoggerEnv = (folder: string) => ({ JUPYTER_CELL_LOGGER_DIR: join(folder, 'cell-log') });

/** What it has logged, in its order. A last line that is still being written is left out. */
export function cellLoggerRows(folder: string): Row[] {
  const place = cellLoggerEnv(folder).JUPYTER_CELL_LOGGER_DIR;
  const files = existsSync(place) ? readdirSync(place).sort() : [];
  const lines = files.flatMap(file => readFileSync(join(place, file), 'utf8').split('\n').slice(0, -1));
  return lines
    .map(line => JSON.parse(line) as Logged)
    .map(({ kernel_id, code, timestamp }) => ({
      kernel_id,
      msg_id: NOBODYS,
      code,
      code_json: null,
      status: 'unknown',
      execution_time_ms: null,
      cell_number: null,
      error_message: null,
      reason: null,
      client: 'unknown',
      timestamp
    }));
}
