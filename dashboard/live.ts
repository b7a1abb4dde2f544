import { useEffect, useState } from 'react';
import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { oneAtATime } from '@celltrail/protocol/client';
import { useClient } from './client.js';

/** First part of the key of every question whose answer changes as cells run. */
export const LIVE = 'live';

/** `lost`: the stream broke and is being tried again; what is shown may be old. */
export type LiveState = 'connecting' | 'live' | 'lost';

/** Follows the server's changes and asks every {@link LIVE} question anew, after each and after each reconnection. */
export function useLive(): LiveState {
  const client = useClient();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const refresh = oneAtATime(() => askAnew(queries));
    return client.live({
      onChange: refresh,
      onConnected(connected) {
        setState(connected ? 'live' : 'lost');
        if (!connected) return;
        refresh();
        void queries.invalidateQueries({ predicate: hasFailed });
      }
    });
  }, [client, queries]);
  return state;
}

// What failed while the server was away, and is asked only once: who is signed in, the installation's settings.
function hasFailed(query: Query): boolean {
  return query.state.status === 'error' && query.queryKey[0] !== LIVE;
}

// An asking under way may have been answered before the change, so its answer is not waited for.
async function askAnew(queries: QueryClient): Promise<void> {
  await queries.cancelQueries({ queryKey: [LIVE] });
  await queries.invalidateQueries({ queryKey: [LIVE] });
}
