import { type Kysely } from 'kysely';
import { type Completion, type Facets, type SearchAnswer, type SearchedCode } from '@celltrail/protocol';
import { type Cursors } from '../../formats/cursor.js';
import { completeValues } from '../../store/search/complete.js';
import { type Search } from '../../store/search/conditions.js';
import { facetCounts, type FacetRow } from '../../store/search/facets.js';
import { findExecutions, type Effort } from '../../store/search/find.js';
import { type Database } from '../../store/schema.js';
import { type Access, type Reader } from '../access.js';
import { inZone } from '../time-zone.js';
import { preview } from './preview.js';
import { ownOnly, understand, type SearchQuestion } from './understand.js';

/** Search in the record: analysts in their own, auditors and admins in everyone's. */
export interface Searches {
  /**
   * That others' runs were shown is put on record first.
   * @throws `search-invalid`, `cursor-invalid`, `field-invalid` for a zone that is none
   */
  search(reader: Reader, question: SearchQuestion & { limit: number; cursor: string | null }): Promise<SearchAnswer>;
  /** In whose code a text stands is put on record first. @throws `search-invalid`, `field-invalid` */
  facets(reader: Reader, question: SearchQuestion): Promise<Facets>;
  /** the last twenty whose code holds a text */
  searchCode(username: string, text: string): Promise<SearchedCode[]>;
  /** Names only, which are on other screens without anybody's code: nothing for the record. */
  complete(
    reader: Reader,
    question: { qualifier: 'user' | 'notebook' | 'kernel'; prefix: string; limit: number }
  ): Promise<Completion>;
}

/** How much one question may look at: a common word is found in the first walk, a rare one by the index after it. */
const EFFORT: Effort = { glance: 300, firstWalk: 2_000, nextWalk: 20_000, budgetMs: 1_000 };
/** The newest rows that facets are counted of, where what is found can't be looked up. */
const FACETS_OF = 5_000;
/** Values of a facet. */
const FACET_VALUES = 20;

/** Search in one database. @param clock ms that never go back */
export function createSearches(db: Kysely<Database>, access: Access, cursors: Cursors, clock: () => number): Searches {
  return {
    async search(reader, { q, tz, limit, cursor }) {
      const search = understand(ownOnly(reader), { q, tz });
      const subject = JSON.stringify(['search', reader.username, ownOnly(reader), q, tz]);
      const [timestamp, id] = cursor === null ? [] : await cursors.open(subject, cursor);
      const after = timestamp === undefined || id === undefined ? null : { timestamp, id };
      const found = await inZone(tz, () => findExecutions(db, search, after, limit + 1, EFFORT, clock));
      const items = found.rows.slice(0, limit);
      await access.read(reader, items, 'search');
      const words = wordsOf(search);
      const goOn = found.rows.length > limit ? items.at(-1)! : found.stopped;
      return {
        items: items.map(({ code, ...row }) => ({ ...row, ...preview(code, words) })),
        next: goOn ? await cursors.seal(subject, [goOn.timestamp, goOn.id]) : null,
        total: { value: found.counted, relation: found.exact ? 'exact' : 'at_least' },
        searched_to: found.stopped?.timestamp ?? null
      };
    },
    async facets(reader, question) {
      const search = understand(ownOnly(reader), question);
      const { rows, exact } = await inZone(question.tz, () => facetCounts(db, search, FACETS_OF, FACET_VALUES));
      const counted = rows.find(({ facet }) => facet === 'all')?.count ?? 0;
      const of = (name: FacetRow['facet']) =>
        rows.filter(({ facet }) => facet === name).map(({ value, count }) => ({ value, count }));
      const people = of('user').flatMap(({ value }) => value ?? []);
      if (search.terms.some(({ kind }) => kind === 'text')) await access.sought(reader, question.q, people);
      return {
        total: { value: counted, relation: exact ? 'exact' : 'at_least' },
        counted,
        status: of('status'),
        user: of('user'),
        notebook: of('notebook'),
        client: of('client')
      };
    },
    async searchCode(username, text) {
      const terms = text ? [{ kind: 'text' as const, value: text, not: false, from: 0, to: text.length }] : [];
      const { rows } = await findExecutions(db, { terms, username, tz: null }, null, 20, EFFORT, clock);
      return rows.map(({ timestamp, cell_number, code, status }) => ({
        time: timestamp,
        cell: cell_number,
        code,
        status
      }));
    },
    async complete(reader, { qualifier, prefix, limit }) {
      return { values: await completeValues(db, qualifier, prefix, ownOnly(reader), limit) };
    }
  };
}

function wordsOf({ terms }: Search): string[] {
  return terms.flatMap(term => (term.kind === 'text' && !term.not ? [term.value] : []));
}
