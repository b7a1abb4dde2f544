import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cellLoggerEnv, cellLoggerRows } from './cell-logger.js';
import { startCollector } from './collector.js';
import { executedOnlyRows } from './executed-only.js';

test('the log of several days is read in its order, without the line that is still being written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rivals-'));
  try {
    expect(cellLoggerRows(folder)).toEqual([]);
    const place = cellLoggerEnv(folder).JUPYTER_CELL_LOGGER_DIR;
    mkdirSync(place);
    const line = (code: string) => JSON.stringify({ timestamp: '2026-01-01T00:00:00+00:00', kernel_id: 'k', code });
    writeFileSync(join(place, 'cell_log_20260102.jsonl'), `${line('second')}\n{"timestamp": "20`);
    writeFileSync(join(place, 'cell_log_20260101.jsonl'), `${line('first')}\n`);
    expect(cellLoggerRows(folder).map(({ code }) => code)).toEqual(['first', 'second']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('what pages posted is put in the order of their clocks, with the time that is asked for', async () => {
  const collector = await startCollector();
  try {
    const posted = { kernel_id: 'k', status: 'success', error_message: null, cell_number: 1 };
    for (const [code, at] of [
      ['later', 2],
      ['earlier', 1]
    ]) {
      const body = JSON.stringify({ ...posted, code, at, recorded_ms: 5, clock_ms: 7 });
      await fetch(collector.url, { method: 'POST', body });
    }
    const rows = executedOnlyRows(collector.bodies, 'clock_ms');
    expect(rows.map(({ code, execution_time_ms }) => [code, execution_time_ms])).toEqual([
      ['earlier', 7],
      ['later', 7]
    ]);
    expect(executedOnlyRows(collector.bodies, 'recorded_ms')[0]?.execution_time_ms).toBe(5);
  } finally {
    await collector.stop();
  }
});
