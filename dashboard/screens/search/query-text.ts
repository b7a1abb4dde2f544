import { parseSearch } from '@celltrail/protocol';
import { written } from './completion.js';

/** Whether a search already asks for a value of a qualifier. */
export function asksFor(query: string, qualifier: string, value: string): boolean {
  return termOf(query, qualifier, value) !== undefined;
}

/** The search with a value of a qualifier added, or without it where it was there. */
export function toggled(query: string, qualifier: string, value: string): string {
  const term = termOf(query, qualifier, value);
  if (!term) return `${query} ${written(qualifier, value)}`.trim();
  return `${query.slice(0, term.from).trimEnd()} ${query.slice(term.to).trimStart()}`.trim();
}

function termOf(query: string, qualifier: string, value: string) {
  return parseSearch(query).terms?.find(
    term => !term.not && term.kind === qualifier && 'value' in term && term.value === value
  );
}
