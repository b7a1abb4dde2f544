import { sql, type RawBuilder } from 'kysely';
import { needle, rowConditions, textConditions, type Search } from './conditions.js';

/** Executions that are looked up by the index of texts at most; more are common enough to be walked to. */
export const MOST_INDEXED = 20_000;
/** Distinct texts likewise. */
const MOST_TEXTS = 6_000;

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
 * `walked`: the newest rows `l` that are as the search wants them, their code left aside; `matched`: those of them whose
 * code is, too. The text of a row that the index has not reached yet is made on the way.
 */
export function walkedMatches(search: Search, behind: RawBuilder<unknown>, walk: number): RawBuilder<unknown> {
  const walked = sql`
    walked AS MATERIALIZED (
      SELECT l.id, l.timestamp FROM code_execution_logs l WHERE ${rowConditions(search)} AND ${behind}
       ORDER BY l.timestamp DESC, l.id DESC LIMIT ${walk})`;
  if (!hasText(search)) return sql`${walked}, matched AS (SELECT * FROM walked)`;
  return sql`${walked},
    matched AS MATERIALIZED (
      SELECT w.id, w.timestamp FROM walked w
        LEFT JOIN search_links k ON k.id = w.id
        LEFT JOIN search_texts t ON t.id = k.text_id
        CROSS JOIN LATERAL (
          SELECT coalesce(t.text, (SELECT celltrail_search_text(c.code) FROM code_execution_logs c WHERE c.id = w.id)) AS text
          OFFSET 0) AS s
       WHERE ${textConditions(search.terms, sql`s.text`)})`;
}

/** `found`: ids of executions whose code is as the search wants it, by the index, and those it has not reached yet. */
export function indexedMatches(search: Search): RawBuilder<unknown> {
  const held = indexedWords(search).map(word => sql`text LIKE '%' || ${escaped(needle(word))} || '%'`);
  return sql`
    texts AS MATERIALIZED (
      SELECT id FROM search_texts
       WHERE ${sql.join(held, sql` AND `)} AND ${textConditions(search.terms, sql`text`)} LIMIT ${MOST_TEXTS + 1}),
    found AS MATERIALIZED (
      (SELECT k.id FROM texts JOIN search_links k ON k.text_id = texts.id LIMIT ${MOST_INDEXED + 1})
      UNION
      (SELECT l.id FROM code_execution_logs l
        WHERE coalesce(l.completed_at, l.stored_at) >= coalesce((SELECT changed_at FROM follow_cursors WHERE name = 'search'), '-infinity')
          AND ${textConditions(search.terms, sql`celltrail_search_text(l.code)`)} LIMIT ${MOST_INDEXED + 1})
      UNION ALL
      -- Texts that are too many to look up are as good as executions that are.
      (SELECT gen_random_uuid() FROM generate_series(0, ${MOST_INDEXED}::integer)
        WHERE (SELECT count(*) FROM texts) > ${MOST_TEXTS}))`;
}

function escaped(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`regexp_replace(${text}, '([\\\\%_])', '\\\\\\1', 'g')`;
}
