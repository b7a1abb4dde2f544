import { parseSearch } from '@celltrail/protocol';
import { problem } from '../../problems.js';
import { type Search } from '../../store/search/conditions.js';
import { type Reader } from '../access.js';

/** A search as it was typed. */
export interface SearchQuestion {
  q: string;
  /** IANA time zone of the days in `created:`; null for the database's */
  tz: string | null;
}

/** Whose runs a reader may search: their own, or null for everyone's. */
export function ownOnly({ username, role }: Reader): string | null {
  return role === 'analyst' ? username : null;
}

/**
 * A search as the store takes it.
 * @param username whose; null for everyone's
 * @throws `search-invalid` with the place in `q`
 */
export function understand(username: string | null, { q, tz }: SearchQuestion): Search {
  const { terms, fault } = parseSearch(q);
  if (terms) return { terms, username, tz };
  const { from, to, detail, fix } = fault;
  throw problem('search-invalid', {
    field: 'q',
    detail: `${detail} (at character ${from + 1})`,
    fix,
    place: { from, to }
  });
}
