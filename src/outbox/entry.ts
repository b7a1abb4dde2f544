import type { AuditEvent } from '@celltrail/protocol';

/** Whose an event is while no server has said who is signed in. No person can have this name. */
export const UNCLAIMED = '';

/** An event as the outbox keeps it: its JSON as it will travel, and what the outbox must know without reading it. */
export interface Entry {
  /** the person it is sent for, or {@link UNCLAIMED} */
  actor: string;
  /** of an unclaimed one: whom the page believed to be signed in; null when nobody ever was in this profile */
  hint: string | null;
  id: string;
  type: AuditEvent['type'];
  page_id: string;
  page_seq: number;
  json: string;
  /** UTF-8 bytes of `json` */
  bytes: number;
}

/** An entry that lies in IndexedDB. Keys rise in the order of storing. */
export interface Stored extends Entry {
  key: number;
  /** the day of use on which it was stored, see `dayOf` */
  day: number;
}

/** An event that the server refused for good, and why. */
export interface Refused extends Stored {
  /** the problem as it was answered, JSON */
  problem: string;
  /** Unix ms */
  refused_at: number;
}

/** An event of a page that went, of which nobody knows whether it reached the disk. */
export interface LastWord {
  /** for whom it was captured; null: nobody was known */
  actor: string | null;
  /** whom the image's configuration named */
  believed: string | null;
  event: AuditEvent;
}

/** One event of one page. */
export interface WordId {
  page_id: string;
  page_seq: number;
}

/**
 * Whether the server's word on who is signed in to a page settles whose an unclaimed event is: the page's own, those of
 * pages that believed the same, and those from before anybody was known here.
 */
export function isClaimable({ actor, page_id, hint }: Entry, by: string, pageId: string): boolean {
  return actor === UNCLAIMED && (page_id === pageId || hint === null || hint === by);
}

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. Lone surrogates count as the three bytes they are sent as. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/** The entry of an event. JSON is made once, here, so that its size is the size that travels. */
export function toEntry(event: AuditEvent, actor: string, hint: string | null): Entry {
  const json = JSON.stringify(event);
  const { id, type, page_id, page_seq } = event;
  return { actor, hint, id, type, page_id, page_seq, json, bytes: utf8Bytes(json) };
}
