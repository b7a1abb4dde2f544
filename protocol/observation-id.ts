import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The id of what several pages see alike, as a kernel's restart: a UUIDv8 (RFC 9562 §5.8) of bits of SHA-256 over the
 * event's type and the coordinates that every observer knows, separated by NUL. Two tabs or two browsers that saw the
 * same make the same id, and the store keeps one event of it. What only one page can know (that it lost its
 * connection, that it was closed) has a random id instead.
 * @param type the event's type
 * @param coordinates what tells this occurrence from every other one; null where it is not known
 * @returns the id in lower case with hyphens
 */
export function observationId(type: string, ...coordinates: readonly (string | null)[]): string {
  return digestId([type, ...coordinates.map(each => each ?? '')].join('\0'));
}

/**
 * The id of what has no other identity than what it says: a UUIDv8 (RFC 9562 §5.8) of bits of SHA-256 over its text.
 * @returns the id in lower case with hyphens
 */
export function digestId(text: string): string {
  const digest = sha256(utf8ToBytes(text)).slice(0, 16);
  digest[6] = 0x80 | (digest[6]! & 0x0f); // version 8
  digest[8] = 0x80 | (digest[8]! & 0x3f); // variant 10
  return bytesToHex(digest).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
