import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of a seal: what is forged with 128 bits of chance is not worth forging. */
const SEAL_BYTES = 16;

/** The text by which the next page of an answer is asked. Readable, but not to be changed: it is sealed. */
export type Cursor = string;

/** Hands out the places where pages of answers go on, and takes them back. */
export interface Cursors {
  /** @param subject the question with all it was asked by, and who asked */
  seal(subject: string, place: readonly string[]): Promise<Cursor>;
  /** @throws `cursor-invalid` for one that was altered, or that belongs to another question or person */
  open(subject: string, cursor: Cursor): Promise<string[]>;
}

/**
 * Seals a place in an answer.
 * @param subject the question and who asks it: a cursor of another question or another person does not open
 * @param place what the next page begins after
 */
export function sealCursor(secret: Buffer, subject: string, place: readonly string[]): Cursor {
  const text = Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
  return `${text}.${sealOf(secret, subject, text).toString('base64url')}`;
}

/** The place a cursor holds; undefined for one that was altered, or sealed for another question or person. */
export function openCursor(secret: Buffer, subject: string, cursor: Cursor): string[] | undefined {
  const [text = '', seal = '', ...rest] = cursor.split('.');
  const given = Buffer.from(seal, 'base64url');
  const right = sealOf(secret, subject, text);
  if (rest.length || given.length !== SEAL_BYTES || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as string[];
}

function sealOf(secret: Buffer, subject: string, text: string): Buffer {
  return createHmac('sha256', secret).update(`${subject}\0${text}`).digest().subarray(0, SEAL_BYTES);
}
