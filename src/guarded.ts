import { Signal, type ISignal } from '@lumino/signaling';

/** The last failure of each room's callbacks. Statuses read it; nobody else needs to. */
export interface Faults {
  /** what the room's last failure said, null when it never failed */
  of(room: string): string | null;
  readonly changed: ISignal<Faults, string>;
  /** Take down a failure that was caught elsewhere. Warns once per room and message. */
  report(room: string, error: unknown): void;
  /** Forget a room's failure: it works again. */
  clear(room: string): void;
}

/** Makes an empty record of failures. @param warn where a failure is told once */
export function createFaults(warn: (message: string, error: unknown) => void): Faults {
  const last = new Map<string, string>();
  const told = new Set<string>();
  const faults: Faults = {
    of: room => last.get(room) ?? null,
    get changed() {
      return changed;
    },
    report: (room, error) => {
      const message = error instanceof Error ? error.message : String(error);
      const isNew = last.get(room) !== message;
      last.set(room, message);
      if (!told.has(`${room}\0${message}`)) {
        told.add(`${room}\0${message}`);
        warn(`Celltrail: ${room}: ${message}`, error);
      }
      if (isNew) changed.emit(room);
    },
    clear: room => {
      if (last.delete(room)) changed.emit(room);
    }
  };
  const changed = new Signal<Faults, string>(faults);
  return faults;
}

/** The failures of this page. */
export const faults: Faults = createFaults((message, error) => console.warn(message, error));

/**
 * Wraps a callback that Lab calls: a failure of ours becomes a status and one warning, never an exception in Lab.
 * A promise it returns is watched, too, and resolves to undefined when it fails.
 * @param room whose failure it is, as `capture`
 */
export function guarded<A extends unknown[], R>(
  room: string,
  callback: (...args: A) => R,
  record: Faults = faults
): (...args: A) => R | undefined {
  return (...args) => {
    try {
      const result = callback(...args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => void record.report(room, error)) as R;
    } catch (error) {
      record.report(room, error);
      return undefined;
    }
  };
}
