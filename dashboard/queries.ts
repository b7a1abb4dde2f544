import { QueryCache, QueryClient } from '@tanstack/react-query';
import { problemKind } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';

/** How often a question that has no better moment is asked again, in ms: "today" ends at midnight without an event. */
export const MINUTE_MS = 60_000;

/** Key of the question who is signed in. */
export const ME = 'me';

/**
 * The keeper of answers.
 * @param retryDelay ms before the first retry; the second waits twice as long
 */
export function createQueries(retryDelay = 400): QueryClient {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      // A session that has ended is seen by whichever question comes first; who is signed in says it to all.
      onError: (error, { queryKey }) => {
        if (isStrangers(error) && queryKey[0] !== ME) void queries.invalidateQueries({ queryKey: [ME] });
      }
    }),
    defaultOptions: {
      queries: {
        // The server may be this machine itself: the browser's idea of being offline says nothing about it.
        networkMode: 'always',
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: count => retryDelay * 2 ** count
      }
    }
  });
  return queries;
}

function isStrangers(error: Error): boolean {
  return (
    error instanceof RequestFailed && error.problem !== undefined && problemKind(error.problem) === 'not-signed-in'
  );
}

// A refusal stays a refusal; no answer, and 5xx, may pass.
function isPassing(error: Error): boolean {
  return !(error instanceof RequestFailed && error.problem && error.problem.status < 500);
}
