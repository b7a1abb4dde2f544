import { QueryClient } from '@tanstack/react-query';
import { RequestFailed } from '@celltrail/protocol/client';

/** How often a question that has no better moment is asked again, in ms: "today" ends at midnight without an event. */
export const MINUTE_MS = 60_000;

/**
 * The keeper of answers.
 * @param retryDelay ms before the first retry; the second waits twice as long
 */
export function createQueries(retryDelay = 400): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The server may be this machine itself: the browser's idea of being offline says nothing about it.
        networkMode: 'always',
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: count => retryDelay * 2 ** count
      }
    }
  });
}

// A refusal stays a refusal; no answer, and 5xx, may pass.
function isPassing(error: Error): boolean {
  return !(error instanceof RequestFailed && error.problem && error.problem.status < 500);
}
