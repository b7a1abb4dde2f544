import type { AuditEvent } from '@celltrail/protocol';
import { keysOf } from '../kept.js';
import type { LastWord, WordId } from './entry.js';

/** Where last words lie in `localStorage`: one key per event. */
export const LAST_WORDS = 'celltrail-last-words';

/** UTF-16 units that one page leaves at most: `localStorage` has about 5 Mi for all of Lab. */
export const LAST_WORDS_LIMIT = 1024 * 1024;

/**
 * What pages that went left for the next page of this browser profile: a transaction of IndexedDB that begins while a
 * page goes may never be committed, and `localStorage` is the one store that is written before the call returns.
 */
export class LastWords {
  /** @param storage null where the browser denies it */
  constructor(
    private readonly storage: Storage | null,
    private readonly limit = LAST_WORDS_LIMIT
  ) {}

  /** Leave these, the newest first, as far as there is room. @returns how many there was room for */
  leave(words: readonly LastWord[]): number {
    let units = 0;
    let left = 0;
    for (const word of [...words].reverse()) {
      const json = JSON.stringify(word);
      // A large one makes no room for itself at the cost of the others.
      if (units + json.length > this.limit) continue;
      if (!this.write(word.event, json)) break;
      units += json.length;
      left += 1;
    }
    return left;
  }

  /** What lies here, whoever left it, page by page in the order of capture. */
  get all(): LastWord[] {
    const { storage } = this;
    if (!storage) return [];
    const words = keysOf(storage, LAST_WORDS).flatMap(key => readWord(storage.getItem(key)) ?? []);
    const rank = ({ event }: LastWord): string => `${event.page_id} ${String(event.page_seq).padStart(12, '0')}`;
    return words.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }

  /** These are on the disk, or the server has them. */
  forget(ids: readonly WordId[]): void {
    for (const id of ids) this.storage?.removeItem(keyOf(id));
  }

  private write(event: AuditEvent, json: string): boolean {
    try {
      this.storage?.setItem(keyOf(event), json);
      return this.storage !== null;
    } catch (error) {
      // Full: the last request that outlives the page may still carry it.
      console.debug('Celltrail: no room for last words', error);
      return false;
    }
  }
}

function keyOf({ page_id, page_seq }: WordId): string {
  return `${LAST_WORDS}:${page_id}:${page_seq}`;
}

function readWord(json: string | null): LastWord | null {
  try {
    const word = JSON.parse(json ?? 'null') as Partial<LastWord> | null;
    return typeof word?.event?.page_id === 'string' ? (word as LastWord) : null;
  } catch (error) {
    // Half a text can't be written by `setItem`: somebody else's hand was here.
    console.debug('Celltrail: last words that cannot be read stay where they are', error);
    return null;
  }
}
