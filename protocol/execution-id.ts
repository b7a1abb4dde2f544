import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The id of an execution: a UUIDv8 (RFC 9562 §5.8) of 48 bits of Unix ms of the request header's date, then bits
 * of SHA-256 over `kernel_id`, a NUL and `msg_id`. Every message of an execution repeats the request's header as
 * its parent, so every observer computes the same id from whichever message it saw. Ids sort by request time;
 * the date is the client's clock, so it is not the record's `timestamp`.
 * @param requestedAt the request header's `date`, ISO 8601; digits below the millisecond are dropped
 * @param kernelId the Jupyter kernel's id
 * @param msgId `msg_id` of the `execute_request`
 * @returns the id in lower case with hyphens
 * @throws RangeError when the date can't be read or lies before 1970
 */
export function executionId(requestedAt: string, kernelId: string, msgId: string): string {
  const ms = Date.parse(requestedAt);
  if (!Number.isFinite(ms) || ms < 0) {
    throw new RangeError(`not a date of an execute_request: ${requestedAt}`);
  }
  const digest = sha256(utf8ToBytes(`${kernelId}\0${msgId}`)).slice(0, 10);
  digest[0] = 0x80 | (digest[0]! & 0x0f); // version 8
  digest[2] = 0x80 | (digest[2]! & 0x3f); // variant 10
  const hex = Math.floor(ms).toString(16).padStart(12, '0') + bytesToHex(digest);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The smallest id an execution requested at that time can have; ranges of it are ranges of time. @param ms Unix ms */
export function lowestExecutionId(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
