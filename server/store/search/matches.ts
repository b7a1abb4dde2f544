import { sql, type RawBuilder } from 'kysely';
import { isBeyond, type Reached } from '../follow-cursor.js';
import { needle, rowConditions, scopeConditions, textConditions, type Search } from './conditions.js';

/** Executions that are looked up by the index of texts at most; more are common enough to be walked to. */
export const MOST_INDEXED = 10_000;
/** Distinct texts likewise. */
const MOST_TEXTS = 2_000;

/** What is kept of a row while it is looked at. */
const LOOKED_AT = sql`l.id, l.timestamp, l.username, l.status, l.notebook_path, l.client`;

/** Words that the trigram index can look for. A shorter one has no trigram inside. */
function indexedWords({ terms }: Search): string[] {
  return terms.flatMap(term => (term.kind === 'text' && !term.not && [...term.value].length >= 3 ? [term.value] : []));
}

/** Whether the index of texts can help. */
export function isIndexed(search: Search): boolean {
  return indexedWords(search).length > 0;
}

/** Whether anything is asked of the code itself. */
function hasText({ terms }: Search): boolean {
  return terms.some(({ kind }) => kind === 'text');
}

/**
 * `looked`: the newest rows that are looked at, with what facets are counted of; `matched`: those of them that the search
 * wants. However rare that is, no more is looked at. The text of a row that the index has not reached yet is made on
 * the way.
 * @param look rows to look at
 */
export function walkedMatches(search: Search, behind: RawBuilder<unknown>, look: number): RawBuilder<unknown> {
  const looked = sql`
    looked AS MATERIALIZED (
      SELECT ${LOOKED_AT}, (${rowConditions(search)}) IS TRUE AS wanted
        FROM (SELECT * FROM code_execution_logs l WHERE ${scopeConditions(search)} AND ${behind}
               ORDER BY l.timestamp DESC, l.id DESC LIMIT ${look}) AS l)`;
  if (!hasText(search)) return sql`${looked}, matched AS MATERIALIZED (SELECT * FROM looked WHERE wanted)`;
  // Subqueries of one value each: thousands of look-ups by key, where a join might read all texts there are.
  return sql`${looked},
    matched AS MATERIALIZED (
      SELECT w.* FROM (SELECT * FROM looked WHERE wanted) AS w CROSS JOIN LATERAL (
        SELECT coalesce(
          (SELECT t.text FROM search_links k JOIN search_texts t ON t.id = k.text_id WHERE k.id = w.id),
          (SELECT celltrail_search_text(c.code) FROM code_execution_logs c
            WHERE c.id = w.id AND c.timestamp = w.timestamp)) AS text OFFSET 0) AS s
       WHERE ${textConditions(search.terms, sql`s.text`)})`;
}

/**
 * `found`: executions whose code is as the search wants it, by the index, and those that it has not reached yet; a place
 * that a row has left may be among them. `matched`: those of them that the search wants, if they are few enough.
 * @param reached how far the index had come before this statement; what it took in since is found once all the same
 */
export function indexedMatches(search: Search, reached: Reached): RawBuilder<unknown> {
  const held = indexedWords(search).map(word => sql`text LIKE '%' || ${escaped(needle(word))} || '%'`);
  return sql`
    texts AS MATERIALIZED (
      SELECT id FROM search_texts
       WHERE ${sql.join(held, sql` AND `)} AND ${textConditions(search.terms, sql`text`)} LIMIT ${MOST_TEXTS + 1}),
    found AS MATERIALIZED (
      (SELECT k.id, k.timestamp FROM texts CROSS JOIN LATERAL (
         SELECT id, timestamp FROM search_links WHERE text_id = texts.id OFFSET 0) AS k LIMIT ${MOST_INDEXED + 1})
      UNION
      (SELECT l.id, l.timestamp FROM code_execution_logs l
        WHERE ${isBeyond(reached)}
          AND ${textConditions(search.terms, sql`celltrail_search_text(l.code)`)} LIMIT ${MOST_INDEXED + 1})
      UNION ALL
      -- Texts that are too many to look up are as good as executions that are.
      (SELECT gen_random_uuid(), now() FROM generate_series(0, ${MOST_INDEXED}::integer)
        WHERE (SELECT count(*) FROM texts) > ${MOST_TEXTS})),
    matched AS MATERIALIZED (
      SELECT m.* FROM (SELECT * FROM found WHERE (SELECT count(*) FROM found) <= ${MOST_INDEXED}) AS f
       CROSS JOIN LATERAL (
        SELECT ${LOOKED_AT} FROM code_execution_logs l
         WHERE l.id = f.id AND l.timestamp = f.timestamp AND ${rowConditions(search)} OFFSET 0) AS m)`;
}

function escaped(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`regexp_replace(${text}, '([\\\\%_])', '\\\\\\1', 'g')`;
}
