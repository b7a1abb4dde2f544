import { sql, type Kysely } from 'kysely';
import { type Database } from '../schema.js';

/** What the index of search needs of a database. */
export interface SearchReadiness {
  /** whether the trigram index is there */
  indexed: boolean;
  /** whether it knows the letters of every alphabet, not only of English */
  letters: boolean;
  /** the database's LC_CTYPE, as `C.UTF-8` */
  ctype: string;
}

/** How far this database can search fast. Asked of pg_trgm itself: by which locale it goes differs between versions. */
export async function searchReadiness(db: Kysely<Database>): Promise<SearchReadiness> {
  const { rows } = await sql<{ indexed: boolean; ctype: string }>`
    SELECT to_regclass('search_texts_trigrams') IS NOT NULL AS indexed, datctype AS ctype
      FROM pg_database WHERE datname = current_database()`.execute(db);
  const { indexed, ctype } = rows[0]!;
  if (!indexed) return { indexed, ctype, letters: true };
  const asked = await sql<{ letters: boolean }>`SELECT cardinality(show_trgm('فروش')) > 0 AS letters`.execute(db);
  return { indexed, ctype, letters: asked.rows[0]!.letters };
}
