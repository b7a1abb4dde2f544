import { searchReadiness } from '../../store/search/readiness.js';
import { type Checker } from '../check.js';

/** Can search look words up? Without that it finds the same, but walks through the record for it. */
export const search: Checker = {
  id: 'search',
  needsDatabase: true,
  async look({ db }) {
    const { indexed, letters, ctype } = await searchReadiness(db);
    if (!indexed) return { ok: false, figures: { reason: 'pg_trgm' }, fix: 'add_trigrams' };
    return letters ? { ok: true } : { ok: false, figures: { reason: `LC_CTYPE ${ctype}` }, fix: 'use_utf8_ctype' };
  }
};
