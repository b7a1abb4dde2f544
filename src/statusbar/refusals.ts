import type { Refusal } from '../tokens.js';

/** Events that the server refused for the same reason. */
export interface RefusalGroup {
  /** in the server's words */
  reason: string;
  /** path of the field that is wrong; null where the server named none */
  field: string | null;
  count: number;
}

/** Refused events by reason and field, the most frequent first. */
export function groupRefusals(refusals: readonly Refusal[]): RefusalGroup[] {
  const groups = new Map<string, RefusalGroup>();
  for (const { problem } of refusals) {
    const reason = problem.detail ?? problem.title;
    // An event's place in its batch is chance.
    const field = problem.field?.replace(/^events\[\d+\]\.?/, '') || null;
    const key = JSON.stringify([reason, field]);
    const group = groups.get(key) ?? { reason, field, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** What a person hands to whoever is to find out why, as JSON. */
export function refusalsText(refusals: readonly Refusal[]): string {
  return JSON.stringify(refusals, null, 2);
}
