import type { Told } from './state.js';

/** What the tabs of a profile tell each other. */
export type Message =
  | { kind: 'stored' }
  | { kind: 'settled'; events: { page_id: string; page_seq: number }[] }
  | { kind: 'state'; state: Told; username: string };

/** The wire between the tabs of a profile. */
export interface Channel {
  tell(message: Message): void;
  dispose(): void;
}

/**
 * Opens the wire. Without BroadcastChannel the tabs still share the database; they learn of each other's events
 * at their next heartbeat.
 */
export function openChannel(onMessage: (message: Message) => void): Channel {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, dispose: () => undefined };
  const channel = new BroadcastChannel('celltrail-outbox');
  channel.onmessage = (event: MessageEvent<Message>) => onMessage(event.data);
  return { tell: message => channel.postMessage(message), dispose: () => channel.close() };
}
