import { type ExecutionSummary } from '@celltrail/protocol';

/** The rows of several pages, each run once: a row that came in between two questions shifts the others. */
export function rowsOf(pages: readonly (readonly ExecutionSummary[])[]): ExecutionSummary[] {
  const rows = new Map<string, ExecutionSummary>();
  for (const page of pages) for (const row of page) if (!rows.has(row.id)) rows.set(row.id, row);
  return [...rows.values()];
}

/** How many rows of the feed came since it was paused. */
export function heldBack(shown: readonly ExecutionSummary[], now: readonly ExecutionSummary[]): number {
  const known = new Set(shown.map(({ id }) => id));
  // What is older than all that is shown was only loaded, it is not new.
  const oldest = shown.at(-1)?.timestamp ?? '';
  return now.filter(({ id, timestamp }) => !known.has(id) && timestamp >= oldest).length;
}
