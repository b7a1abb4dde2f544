import { executionId } from '@celltrail/protocol';
import { forgetOld, keysOf } from '../kept.js';
import type { Run } from './run.js';
import type { Handover } from './runs.js';

const PREFIX = 'celltrail:run';

/** A run whose record is larger than this is not handed over; its end will be an `unknown`. UTF-16 code units. */
export const MAX_KEPT = 256 * 1024;

/** Runs handed over at a time. */
export const MAX_RUNS = 50;

/** A run that nobody completed is forgotten after this long, ms. */
export const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

interface Kept {
  at: number;
  run: Run;
}

/**
 * Runs that were stated as going on or unknown, kept where the next page of this browser finds them: a page that
 * was reloaded, or came late, sees a run's end without its code. Only runs longer than a second come here.
 *
 * The key is the kernel's id and the message's, for a late page knows those; where storage is denied or full nothing
 * is handed over, and the run stays `unknown`.
 * @param storage `localStorage`, null where a browser denies it
 * @param scope the Jupyter server's address: two people's servers may share an origin, and with it the storage
 */
export function createHandover(storage: Storage | null, scope: string, now: () => number): Handover {
  const keyOf = (kernelId: string, msgId: string) => `${PREFIX}:${scope}:${kernelId}:${msgId}`;
  if (storage) forgetOld(storage, PREFIX, now(), MAX_AGE_MS);
  return {
    keep: run => {
      const record = JSON.stringify({ at: now(), run } satisfies Kept);
      if (!storage || record.length > MAX_KEPT || keysOf(storage, PREFIX).length >= MAX_RUNS) return;
      write(storage, keyOf(run.kernelId, run.request.msgId), record);
    },
    recall: (kernelId, msgId) => {
      const record = storage?.getItem(keyOf(kernelId, msgId));
      const run = record ? read(record) : undefined;
      return run?.kernelId === kernelId && run.request.msgId === msgId ? run : undefined;
    },
    list: () =>
      storage ? keysOf(storage, `${PREFIX}:${scope}`).flatMap(key => read(storage.getItem(key) ?? '') ?? []) : [],
    forget: (kernelId, msgId) => storage?.removeItem(keyOf(kernelId, msgId))
  };
}

function write(storage: Storage, key: string, record: string): void {
  try {
    storage.setItem(key, record);
  } catch {
    storage.removeItem(key); // full: the run's end will be `unknown`, which is what an absent record means
  }
}

// Another build may have written it, or a person: it is believed only if an identity can be made of it.
function read(record: string): Run | undefined {
  try {
    const { run } = JSON.parse(record) as Kept;
    if (typeof run.code !== 'string' || (run.stated !== 'running' && run.stated !== 'unknown')) return undefined;
    executionId(run.request.requestedAt, run.kernelId, run.request.msgId); // throws on what is none
    return { ...run, own: false, via: null, doom: null, busySeen: null, endSeen: null };
  } catch {
    return undefined;
  }
}
