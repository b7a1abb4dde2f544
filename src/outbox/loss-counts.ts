import type { IDBPObjectStore, StoreNames } from 'idb';
import { UNCLAIMED, type Entry } from './entry.js';
import type { Layout, LossReason } from './layout.js';

type Counts<Mode extends IDBTransactionMode> = IDBPObjectStore<Layout, StoreNames<Layout>[], 'losses', Mode>;

const REASONS: readonly LossReason[] = ['outbox_full', 'outbox_expired'];

/** Counts events that are lost; an unclaimed one is lost to the person it would have gone to. */
export async function noteLosses(
  counts: Counts<'readwrite'>,
  lost: readonly Entry[],
  reason: LossReason
): Promise<void> {
  const actors = new Map<string, number>();
  for (const { actor, hint } of lost) {
    const of = actor === UNCLAIMED ? (hint ?? UNCLAIMED) : actor;
    actors.set(of, (actors.get(of) ?? 0) + 1);
  }
  for (const [actor, events] of actors) await change(counts, actor, reason, events);
}

/** What was lost before anybody was known here is told by the first who is. */
export async function claimLosses(counts: Counts<'readwrite'>, actor: string): Promise<void> {
  for (const { reason, events } of await lossesOf(counts, UNCLAIMED)) {
    await counts.delete([UNCLAIMED, reason]);
    await change(counts, actor, reason, events);
  }
}

/** How many events of a person were lost, by reason. */
export async function lossesOf(
  counts: Pick<Counts<'readonly'>, 'get'>,
  actor: string
): Promise<{ reason: LossReason; events: number }[]> {
  const found = await Promise.all(REASONS.map(reason => counts.get([actor, reason])));
  return REASONS.flatMap((reason, index) => (found[index] ? [{ reason, events: found[index] }] : []));
}

/** Takes off so many that are told of. */
export function forgetLosses(
  counts: Counts<'readwrite'>,
  actor: string,
  reason: LossReason,
  events: number
): Promise<void> {
  return change(counts, actor, reason, -events);
}

async function change(counts: Counts<'readwrite'>, actor: string, reason: LossReason, by: number): Promise<void> {
  const left = ((await counts.get([actor, reason])) ?? 0) + by;
  await (left > 0 ? counts.put(left, [actor, reason]) : counts.delete([actor, reason]));
}
