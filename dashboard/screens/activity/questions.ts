import { useInfiniteQuery } from '@tanstack/react-query';
import { useClient } from '../../client.js';
import { LIVE } from '../../live.js';

/** How many runs one question asks for. */
export const PAGE = 50;

/**
 * The person's runs, newest first, as far back as was asked for. After a change each page is asked anew, from the end
 * of the one before it: so what came late stands in its place, and nothing is left out or twice, however long the
 * machine slept.
 */
export function useActivity() {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: [LIVE, 'activity', PAGE],
    queryFn: ({ pageParam }) => client.activity({ limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next
  });
}
