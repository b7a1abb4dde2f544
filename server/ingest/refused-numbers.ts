import { type Cleaned } from './clean.js';

/** The number that a page gave to one of its events. */
export interface PageNumber {
  page_id: string;
  page_seq: number;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Numbers that are accounted for though their events are not stored: refused here, as far as the event let itself be
 * read; and those that a page says were refused elsewhere (too large for any request), by `outbox.refused`.
 * @param raw what the events were cleaned from, in the same order
 */
export function refusedNumbers(cleaned: readonly Cleaned[], raw: readonly unknown[]): PageNumber[] {
  return cleaned.flatMap((one, index) => {
    if (one.kind === 'refused') return read(raw[index], 'page_id', 'page_seq');
    if (one.kind !== 'occurrence' || one.occurrence.type !== 'outbox.refused') return [];
    return read(one.occurrence.body, 'refused_page_id', 'refused_page_seq');
  });
}

function read(value: unknown, idField: string, numberField: string): PageNumber[] {
  if (typeof value !== 'object' || value === null) return [];
  const { [idField]: id, [numberField]: number } = value as Record<string, unknown>;
  if (typeof id !== 'string' || !GUID.test(id)) return [];
  if (!Number.isSafeInteger(number) || (number as number) < 1) return [];
  return [{ page_id: id.toLowerCase(), page_seq: number as number }];
}
