import { forgetOld } from '../kept.js';

/** How far a kernel's count was followed, by whichever page of this browser got furthest. */
export interface Followed {
  /** session of the kernel process that counts; another process counts anew */
  process: string;
  last: number;
  credit: number;
}

/** Where the pages of a browser tell each other how far they followed each kernel. */
export interface Counts {
  keep(kernelId: string, followed: Followed): void;
  recall(kernelId: string): Followed | undefined;
}

const PREFIX = 'celltrail:count';

/** A kernel that nobody followed for so long is forgotten, ms. */
export const FORGOTTEN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Counts in `localStorage`: a page that was reloaded, or is the second on a kernel, goes on from where another one
 * got to, so that what that one recorded is no gap. Where storage is denied or full a page knows only its own.
 * @param storage `localStorage`, null where a browser denies it
 * @param scope the Jupyter server's address: two people's servers may share an origin, and with it the storage
 * @param now Unix ms
 */
export function createCounts(storage: Storage | null, scope: string, now: () => number): Counts {
  const keyOf = (kernelId: string) => `${PREFIX}:${scope}:${kernelId}`;
  if (storage) forgetOld(storage, PREFIX, now(), FORGOTTEN_MS);
  return {
    keep: (kernelId, followed) => {
      if (!storage) return;
      try {
        storage.setItem(keyOf(kernelId), JSON.stringify({ at: now(), ...followed }));
      } catch {
        storage.removeItem(keyOf(kernelId)); // full: an old count would be worse than none
      }
    },
    recall: kernelId => read(storage?.getItem(keyOf(kernelId)) ?? null)
  };
}

// Another build may have written it, or a person: anything that is no count is none.
function read(record: string | null): Followed | undefined {
  if (record === null) return undefined;
  try {
    const { process, last, credit } = JSON.parse(record) as Partial<Followed>;
    if (typeof process !== 'string' || !Number.isInteger(last) || !Number.isInteger(credit)) return undefined;
    return { process, last: last!, credit: credit! };
  } catch {
    return undefined;
  }
}
