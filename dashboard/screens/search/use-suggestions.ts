import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../client.js';
import { isAskedFor, suggestionsOf, written, type Suggestion, type Word } from './completion.js';

/** How long the values of a qualifier stay good, in ms. */
const FRESH_MS = 60_000;
const MOST = 12;
const NONE: readonly Suggestion[] = [];

/** How the word can go on: what the protocol lists, and what the record knows. @param open whether anybody looks */
export function useSuggestions(word: Word, open: boolean): readonly Suggestion[] {
  const client = useClient();
  const { qualifier, value, not } = word;
  const asks = open && isAskedFor(qualifier);
  const { data } = useQuery({
    queryKey: ['completion', qualifier, value],
    queryFn: () => client.complete({ qualifier: qualifier as 'user', prefix: value }),
    enabled: asks,
    staleTime: FRESH_MS,
    placeholderData: before => before
  });
  if (!open) return NONE;
  const known = suggestionsOf(word);
  const asked = (asks ? (data?.values ?? []) : []).map(({ value: each }) => ({
    text: (not ? '-' : '') + written(qualifier!, each),
    qualifier: null,
    count: null
  }));
  return [...known, ...asked].slice(0, MOST);
}
