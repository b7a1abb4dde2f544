import { type Log } from '../log.js';
import { type ServerEvent } from '../store/server-events.js';

/** Equal refusals within that time are one event, in ms: whoever knocks all night must not fill the record. */
export const ONE_DENIAL_MS = 60_000;
const REMEMBERED = 10_000;

/** Who was refused what. */
export interface Denial {
  /** whose credential it was; `-` where nobody can tell */
  username: string;
  reason: 'token-unknown' | 'token-expired' | 'token-revoked' | 'session-ended' | 'too-many-failures' | 'role';
  address: string;
  /** the route that was asked for, where the role did not suffice */
  route?: string;
  token_id?: string;
}

/** Puts refusals on record. Never throws, never waits: a refusal stands whatever becomes of its record. */
export type NoteDenial = (denial: Denial) => void;

/** @param record puts an event on record @param now the clock */
export function createDenials(record: (event: ServerEvent) => Promise<void>, log: Log, now: () => Date): NoteDenial {
  const noted = new Map<string, { at: number; more: number }>();
  return ({ username, ...denial }) => {
    const at = now();
    const key = JSON.stringify([username, denial.reason, denial.address, denial.route]);
    const before = noted.get(key);
    if (before && before.at + ONE_DENIAL_MS > at.getTime()) return void before.more++;
    noted.delete(key);
    noted.set(key, { at: at.getTime(), more: 0 });
    const [oldest] = noted.keys();
    if (noted.size > REMEMBERED && oldest !== undefined) noted.delete(oldest);
    const body = { ...denial, ...(before?.more && { unrecorded_since_last: before.more }) };
    record({ type: 'access.denied', username, at, body }).catch((error: unknown) =>
      log.warn({ code: (error as { code?: unknown }).code, reason: denial.reason }, 'a refusal is not on record')
    );
  };
}
