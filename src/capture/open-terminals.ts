import { forgetOld } from '../kept.js';

/** A terminal that is open. */
export interface OpenTerminal {
  /** when a tab of this browser first saw it, ISO 8601 */
  since: string;
  /** it was opened then; false: it may have been open before */
  isBegun: boolean;
}

/** Where the tabs of a browser agree on when each terminal began: the server doesn't say it. */
export interface OpenTerminals {
  recall(server: string, name: string): OpenTerminal | undefined;
  keep(server: string, name: string, terminal: OpenTerminal): void;
  drop(server: string, name: string): void;
}

const PREFIX = 'celltrail:terminal';

/** A terminal that no tab saw opening or closing for so long is forgotten, ms. */
export const FORGOTTEN_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Open terminals in `localStorage`. Where storage is denied or full each tab has an opinion of its own.
 * @param storage `localStorage`, null where a browser denies it
 * @param now Unix ms
 */
export function createOpenTerminals(storage: Storage | null, now: () => number): OpenTerminals {
  const keyOf = (server: string, name: string) => `${PREFIX}:${server}:${name}`;
  if (storage) forgetOld(storage, PREFIX, now(), FORGOTTEN_MS);
  return {
    recall: (server, name) => read(storage?.getItem(keyOf(server, name)) ?? null),
    keep: (server, name, terminal) => {
      try {
        storage?.setItem(keyOf(server, name), JSON.stringify({ at: now(), ...terminal }));
      } catch (error) {
        console.debug('Celltrail: terminals are told by each tab by itself', error);
      }
    },
    drop: (server, name) => storage?.removeItem(keyOf(server, name))
  };
}

// Another build may have written it, or a person: what is no terminal is none.
function read(record: string | null): OpenTerminal | undefined {
  if (record === null) return undefined;
  try {
    const { since, isBegun } = JSON.parse(record) as Partial<OpenTerminal>;
    if (typeof since !== 'string' || Number.isNaN(Date.parse(since)) || typeof isBegun !== 'boolean') return undefined;
    return { since, isBegun };
  } catch {
    return undefined;
  }
}
