import { type Kysely } from 'kysely';
import { parseSearch, type Completion, type Facets, type SearchAnswer, type SearchedCode } from '@celltrail/protocol';
import { problem } from '../../problems.js';
import { completeValues } from '../../store/search/complete.js';
import { type Search } from '../../store/search/conditions.js';
import { facetCounts, type FacetRow } from '../../store/search/facets.js';
import { countExecutions, findExecutions } from '../../store/search/find.js';
import { type Database } from '../../store/schema.js';
import { inZone } from '../time-zone.js';
import { readCursor, writeCursor } from '../../store/cursor.js';
import { preview } from './preview.js';

/** A search as it was typed. */
export interface SearchQuestion {
  q: string;
  /** IANA time zone of the days in `created:`; null for the database's */
  tz: string | null;
}

/** Search in the record. In each, `username` says whose executions; null for everyone's. */
export interface Searches {
  /** @throws `search-invalid`, `cursor-invalid`, `field-invalid` for a zone that is none */
  search(
    username: string | null,
    question: SearchQuestion & { limit: number; cursor: string | null }
  ): Promise<SearchAnswer>;
  /** @throws `search-invalid`, `field-invalid` */
  facets(username: string | null, question: SearchQuestion): Promise<Facets>;
  /** the last twenty whose code holds a text */
  searchCode(username: string, text: string): Promise<SearchedCode[]>;
  complete(
    username: string | null,
    question: { qualifier: 'user' | 'notebook' | 'kernel'; prefix: string; limit: number }
  ): Promise<Completion>;
}

/** Matches that are counted, and those that facets are of. */
const COUNTED = 10_000;
/** Values of a facet. */
const FACET_VALUES = 20;

/** Search in one database. */
export function createSearches(db: Kysely<Database>): Searches {
  return {
    async search(username, { q, tz, limit, cursor }) {
      const search = understand(username, { q, tz });
      const about = JSON.stringify([q, tz]);
      const after = cursor === null ? null : readCursor(cursor, about);
      const [rows, found] = await inZone(tz, () =>
        Promise.all([findExecutions(db, search, after, limit + 1), countExecutions(db, search, COUNTED)])
      );
      const items = rows.slice(0, limit);
      const words = wordsOf(search);
      return {
        items: items.map(({ code, ...row }) => ({ ...row, ...preview(code, words) })),
        next: rows.length > limit ? writeCursor(items.at(-1)!, about) : null,
        total: { value: found, relation: found < COUNTED ? 'exact' : 'at_least' },
        searched_to: null
      };
    },
    async facets(username, question) {
      const search = understand(username, question);
      const rows = await inZone(question.tz, () => facetCounts(db, search, COUNTED, FACET_VALUES));
      const counted = rows.find(({ facet }) => facet === 'all')?.count ?? 0;
      const of = (name: FacetRow['facet']) =>
        rows.filter(({ facet }) => facet === name).map(({ value, count }) => ({ value, count }));
      return {
        total: { value: counted, relation: counted < COUNTED ? 'exact' : 'at_least' },
        counted,
        status: of('status'),
        user: of('user'),
        notebook: of('notebook'),
        client: of('client')
      };
    },
    async searchCode(username, text) {
      const terms = text ? [{ kind: 'text' as const, value: text, not: false, from: 0, to: text.length }] : [];
      const rows = await findExecutions(db, { terms, username, tz: null }, null, 20);
      return rows.map(({ timestamp, cell_number, code, status }) => ({
        time: timestamp,
        cell: cell_number,
        code,
        status
      }));
    },
    async complete(username, { qualifier, prefix, limit }) {
      return { values: await completeValues(db, qualifier, prefix, username, limit) };
    }
  };
}

function understand(username: string | null, { q, tz }: SearchQuestion): Search {
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

function wordsOf({ terms }: Search): string[] {
  return terms.flatMap(term => (term.kind === 'text' && !term.not ? [term.value] : []));
}
