import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row } from '../compare.js';
import { NOBODYS } from './identify.js';

/** What the extension in `executed-only/` posts per cell. */
interface Posted {
  kernel_id: string;
  code: string;
  status: string;
  error_message: string | null;
  cell_number: number | null;
  /** by the kernel's stamps that Lab writes into the cell, ms */
  recorded_ms: number | null;
  /** by the page's own clock, ms */
  clock_ms: number | null;
  /** Unix ms, the page's clock */
  at: number;
}

/**
 * Puts the extension into a Lab that is not yet started, and has Lab write down its timing, as the settings allow.
 * @param folder the suite's own, as `startLab` lays it out
 */
export function installExecutedOnly(folder: string, collector: string): void {
  const place = join(folder, 'data', 'labextensions', 'executed-only');
  cpSync(join(import.meta.dirname, 'executed-only'), place, { recursive: true });
  put(join(folder, 'config', 'labconfig'), 'page_config.json', { rivalCollector: collector });
  put(join(folder, 'settings', '@jupyterlab', 'notebook-extension'), 'tracker.jupyterlab-settings', {
    recordTiming: true
  });
}

/** @param clock whose time counts: the kernel's stamps that Lab recorded, or the page's own clock */
export function executedOnlyRows(bodies: readonly string[], clock: 'recorded_ms' | 'clock_ms'): Row[] {
  return bodies
    .map(body => JSON.parse(body) as Posted)
    .sort((a, b) => a.at - b.at)
    .map(posted => ({
      kernel_id: posted.kernel_id,
      msg_id: NOBODYS,
      code: posted.code,
      code_json: null,
      status: posted.status,
      execution_time_ms: posted[clock],
      cell_number: posted.cell_number,
      error_message: posted.error_message,
      reason: null,
      client: 'notebook',
      timestamp: new Date(posted.at).toISOString()
    }));
}

function put(folder: string, name: string, content: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
}
