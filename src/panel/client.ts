import { EventSource as SignedEventSource } from 'eventsource';
import { createClient, type Client } from '@celltrail/protocol/client';
import { authorization } from '../authorization.js';
import type { SettingsValues } from '../tokens.js';

/**
 * A client that asks as the person whose Lab this is: with the image's token, where the server wants one. The browser's
 * own EventSource can send no header, and a token never belongs into an address, so the stream is then read by fetch.
 */
export function ownClient({ endpoint, token }: Pick<SettingsValues, 'endpoint' | 'token'>): Client {
  if (token === null) return createClient(endpoint);
  const signed: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...authorization(token) } });
  return createClient(endpoint, signed, url => new SignedEventSource(url, { fetch: signed }));
}
