import type { Surroundings } from './surroundings.js';
import type { Heard } from './verdict.js';

/** How long the server may take. A batch commits in milliseconds; a hanging proxy must not hold the outbox. */
export const REQUEST_TIMEOUT_MS = 30_000;

/**
 * One request and what came back; never rejects.
 * @param init its `signal` ends the request from outside
 */
export async function exchange(
  { fetch, after }: Pick<Surroundings, 'fetch' | 'after'>,
  url: string,
  init: RequestInit & { signal: AbortSignal }
): Promise<Heard> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(init.signal.reason);
  init.signal.addEventListener('abort', abort);
  if (init.signal.aborted) abort();
  const stop = after(REQUEST_TIMEOUT_MS, () => controller.abort(new Error('timeout')));
  try {
    // A redirect would carry what analysts wrote to a place nobody configured, a captive portal first of all.
    const response = await fetch(url, { redirect: 'error', cache: 'no-store', ...init, signal: controller.signal });
    const body = parse(await response.text());
    return { status: response.status, body, retryAfter: response.headers.get('retry-after'), failure: null };
  } catch (error) {
    return { status: 0, body: undefined, retryAfter: null, failure: reason(controller.signal, error) };
  } finally {
    stop();
    init.signal.removeEventListener('abort', abort);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function reason(signal: AbortSignal, error: unknown): string {
  const cause: unknown = signal.aborted ? signal.reason : error;
  return cause instanceof Error ? cause.message : String(cause);
}
