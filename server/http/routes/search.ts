import { type Searches } from '../../answers/search/search.js';
import { type Handler } from '../route.js';

/** Search executions: the caller's own, or everyone's for those who may read all. */
export function search(searches: Searches): Handler<'search'> {
  return ({ actor, query: { q, tz, limit, cursor } }) =>
    searches.search(actor, { q, tz: tz ?? null, limit, cursor: cursor ?? null });
}

/** How what a search finds is spread, of the same rows. */
export function getFacets(searches: Searches): Handler<'getFacets'> {
  return ({ actor, query: { q, tz } }) => searches.facets(actor, { q, tz: tz ?? null });
}

/** The caller's last twenty runs whose code holds a text, in the shape that was wished for. */
export function searchCode(searches: Searches): Handler<'searchCode'> {
  return ({ actor, query }) => searches.searchCode(actor.username, query.query);
}

/** Values that a qualifier can be completed with, of rows that the caller may read. */
export function complete(searches: Searches): Handler<'complete'> {
  return ({ actor, query }) => searches.complete(actor, query);
}
