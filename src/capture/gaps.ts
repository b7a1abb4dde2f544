import type { Statement } from '@celltrail/protocol';
import type { CountRule } from './rules.js';

/** How far a kernel's `execution_count` was followed. */
export interface Counting {
  /** the last count seen; null: the page came to a kernel that was already running */
  last: number | null;
  /** by how much the count may rise without a run having been missed: the runs seen with or since `last` */
  credit: number;
  /** why runs may be missing before the next count */
  cause: string;
}

/** A count as a run told it. */
export interface Counted {
  count: number;
  /** whether the run goes into the history; null: another client's, it doesn't say */
  stored: boolean | null;
  /** no other run of this kernel was going when this one began */
  alone: boolean;
}

/** A capture.gap without its envelope. */
export type Gap = Omit<Extract<Statement, { type: 'capture.gap' }>, 'id' | 'type'>;

/** A kernel that this page saw start. */
export const FRESH: Counting = { last: 0, credit: 1, cause: 'execution_count' };

/**
 * A kernel that the server called starting when the page connected. A busy server says so for a while longer, so what
 * others ran at once may have been before this page's time.
 */
export const NEW: Counting = { last: 0, credit: 1, cause: 'page_late' };

/** A kernel that was running before this page saw it. */
export const LATE: Counting = { last: null, credit: 0, cause: 'page_late' };

/**
 * Follows a kernel's count by one run that was seen beginning.
 *
 * A kernel raises the count when a run ends, and runs in subshells go on side by side, so two may tell the same
 * number and the next may be two higher: each run seen since gives a credit of one. What exceeds the credit is missing.
 * @param rule null: nothing is known of how this kernel counts; only that the page came late is told then
 */
export function follow(before: Counting, seen: Counted, rule: CountRule | null): { counting: Counting; gap?: Gap } {
  const { count, stored, alone } = seen;
  if (rule && !rule.unstored && stored === false) return { counting: before };
  const counting: Counting = { last: count, credit: 1, cause: 'execution_count' };
  if (before.last === null) return count > 1 ? { counting, gap: late(before, count, rule) } : { counting };
  if (count === before.last) {
    // The one before told the same number and has ended: it did not count.
    return { counting: { ...counting, credit: alone ? 1 : before.credit + 1 } };
  }
  const missing = count - before.last - before.credit;
  if (!rule || count < before.last || missing <= 0) return { counting };
  return { counting, gap: { reason: before.cause, gap_from: String(before.last), gap_to: String(count), missing } };
}

function late(before: Counting, count: number, rule: CountRule | null): Gap {
  return { reason: before.cause, gap_from: null, gap_to: String(count), missing: rule ? count - 1 : null };
}

/** The one that got further of this page and another page of the same browser. Why runs may be missing stays this page's. */
export function further(own: Counting, other: { last: number; credit: number }): Counting {
  if (own.last !== null && own.last >= other.last) return own;
  return { last: other.last, credit: other.credit, cause: own.cause };
}

/** Marks that runs may have been missed since, and why, should the next count show it. */
export function mayMiss(before: Counting, cause: string): Counting {
  return { ...before, cause };
}

/** A time during which nothing could be seen. @param from @param to dates; null: not known or not over */
export function blindGap(reason: string, from: string | null, to: string | null): Gap {
  return { reason, gap_from: from, gap_to: to, missing: null };
}
