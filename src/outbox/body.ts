import { PROTOCOL_VERSION, type PageState } from '@celltrail/protocol';
import type { Entry } from './entry.js';

/**
 * The body of `POST /api/events`. Events go in as the JSON they were stored as.
 * @param actor whose events they are
 */
export function batchBody(page: PageState, actor: string, events: readonly Pick<Entry, 'json'>[]): string {
  const head = JSON.stringify({ protocol: PROTOCOL_VERSION, page, actor });
  return `${head.slice(0, -1)},"events":[${events.map(({ json }) => json).join(',')}]}`;
}
