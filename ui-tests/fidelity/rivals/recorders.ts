import { startLab } from '../../parts/lab.js';
import { freePort } from '../../parts/ports.js';
import { KINDS, type Kind, type Row } from '../compare.js';
import { type Recorder, type StartRecorder } from '../recorder.js';
import { type Truth } from '../truth.js';
import { cellLoggerEnv, cellLoggerRows } from './cell-logger.js';
import { startCollector } from './collector.js';
import { executedOnlyRows, installExecutedOnly } from './executed-only.js';
import { identify } from './identify.js';

/** They are made to show what the signals tell of a run; where it came from is ours to show. */
const WITHOUT_CONTEXT = KINDS.filter(kind => kind !== 'wrongContext');

/** A record that another design has of the same plays. */
export interface Rival {
  suite: string;
  /** what it claims to know, and so is judged by */
  kinds?: readonly Kind[];
  rows: (truths: readonly Truth[]) => Row[];
}

/** The rivals' Lab. All of them look on at the same runs: none of them touches the kernel or each other. */
export interface Rivals {
  start: StartRecorder;
  /** empty until started */
  records: Rival[];
}

/** A Lab from the comparison's environment (`CELLTRAIL_LAB_VENV`), which has no Celltrail. */
export function rivals(): Rivals {
  const records: Rival[] = [];
  const start: StartRecorder = async (folder, env): Promise<Recorder> => {
    const collector = await startCollector();
    installExecutedOnly(folder, collector.url);
    const options = {
      folder,
      port: await freePort(),
      endpoint: '',
      user: '',
      env: { ...env, ...cellLoggerEnv(folder) }
    };
    const lab = await startLab(options);
    records.push(
      {
        suite: 'executed-only',
        kinds: WITHOUT_CONTEXT,
        rows: truths => identify(executedOnlyRows(collector.bodies, 'recorded_ms'), truths)
      },
      {
        suite: 'executed-only-clock',
        kinds: WITHOUT_CONTEXT,
        rows: truths => identify(executedOnlyRows(collector.bodies, 'clock_ms'), truths)
      },
      {
        suite: 'jupyter-cell-logger',
        kinds: ['missing', 'phantom', 'duplicate', 'wrongCode'],
        rows: truths => identify(cellLoggerRows(folder), truths)
      }
    );
    return {
      lab,
      // Both write at once; what comes later is judged at the end.
      deliveryMs: 2000,
      rows: () => executedOnlyRows(collector.bodies, 'recorded_ms'),
      stop: async () => {
        await lab.running.stop();
        await collector.stop();
      }
    };
  };
  return { start, records };
}
