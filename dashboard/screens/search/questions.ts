import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useClient } from '../../client.js';

/** How many runs one question asks for. */
export const PAGE = 50;

/** What a search finds, newest first, as far as was asked for. @param q null: not asked, it can't be understood */
export function useSearch(q: string | null, tz: string) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: ['search', q, tz],
    queryFn: ({ pageParam }) =>
      client.search({ q: q ?? '', tz, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    enabled: q !== null
  });
}

/** How what a search finds is spread. */
export function useFacets(q: string | null, tz: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['facets', q, tz],
    queryFn: () => client.facets({ q: q ?? '', tz }),
    enabled: q !== null,
    placeholderData: before => before
  });
}
