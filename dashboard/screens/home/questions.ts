import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { type ExecutionSummary, type Stats } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { ownTimeZone } from '../../format.js';
import { LIVE } from '../../live.js';
import { MINUTE_MS } from '../../queries.js';

/** How many executions the home screen lists. */
export const RECENT = 10;

/** The person's figures; "today" is the day in the browser's time zone. */
export function useStats(): UseQueryResult<Stats> {
  const client = useClient();
  const tz = ownTimeZone();
  return useQuery({ queryKey: [LIVE, 'stats', tz], queryFn: () => client.stats(tz), refetchInterval: MINUTE_MS });
}

/** The person's last executions, newest first. */
export function useRecentExecutions(): UseQueryResult<ExecutionSummary[]> {
  const client = useClient();
  return useQuery({
    queryKey: [LIVE, 'executions', RECENT],
    queryFn: () => client.executions(RECENT),
    refetchInterval: MINUTE_MS
  });
}
