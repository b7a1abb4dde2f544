import { type LiveChange } from '@celltrail/protocol';

/** The least time in ms between two changes that one person's streams are told: what happens meanwhile is one change. */
export const COALESCE_MS = 200;

/** Tells streams that something of their person changed. */
export interface Bus {
  /** number of the last change that was announced */
  readonly sequence: number;
  /** Announce a change. @param usernames whose record changed; null when it can't be told, so everyone's */
  readonly changed: (usernames: readonly string[] | null) => void;
  /** @returns a function that ends it */
  readonly subscribe: (username: string, onChange: (change: LiveChange) => void) => () => void;
  /** @param onChange told of every announcement, whosever it is of @returns a function that ends it */
  readonly subscribeToAll: (onChange: () => void) => () => void;
  /** Forget what waits. */
  close(): void;
}

interface Audience {
  readonly listeners: Set<(change: LiveChange) => void>;
  toldAt: number;
  timer: NodeJS.Timeout | null;
}

/**
 * A bus for the streams of one server. The first change goes out at once, the next ones together after
 * {@link COALESCE_MS}; so a burst of a thousand cells costs a dashboard a handful of questions.
 * @param now milliseconds of a clock that never goes back
 */
export function createBus(now: () => number): Bus {
  const audiences = new Map<string, Audience>();
  const ofAll = new Set<() => void>();
  let sequence = 0;

  const tell = (audience: Audience): void => {
    audience.timer = null;
    audience.toldAt = now();
    const change = { sequence: ++sequence };
    for (const listener of audience.listeners) listener(change);
  };
  const wake = (audience: Audience): void => {
    if (audience.timer) return;
    const wait = audience.toldAt + COALESCE_MS - now();
    if (wait <= 0) return tell(audience);
    audience.timer = setTimeout(() => tell(audience), wait);
  };
  return {
    get sequence() {
      return sequence;
    },
    changed(usernames) {
      for (const listener of ofAll) listener();
      for (const username of usernames ?? audiences.keys()) {
        const audience = audiences.get(username);
        if (audience) wake(audience);
      }
    },
    subscribe(username, onChange) {
      const audience = audiences.get(username) ?? { listeners: new Set(), toldAt: -Infinity, timer: null };
      audiences.set(username, audience);
      audience.listeners.add(onChange);
      return () => {
        audience.listeners.delete(onChange);
        if (audience.listeners.size || audiences.get(username) !== audience) return;
        if (audience.timer) clearTimeout(audience.timer);
        audiences.delete(username);
      };
    },
    subscribeToAll(onChange) {
      ofAll.add(onChange);
      return () => void ofAll.delete(onChange);
    },
    close() {
      ofAll.clear();
      for (const { timer } of audiences.values()) if (timer) clearTimeout(timer);
      audiences.clear();
    }
  };
}
