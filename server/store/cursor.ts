import { createHash } from 'node:crypto';
import { z } from 'zod';
import { problem } from '../problems.js';

/** A place in the order of an answer, newest first. */
export interface Place {
  timestamp: string;
  id: string;
}

const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/;
const content = z.tuple([z.string().regex(INSTANT), z.guid(), z.string()]);

/**
 * A cursor says where an answer ended, and of which question it was. It needs no signature: whose rows may be read is
 * looked at anew each time, so that one who alters it gets no more than another page of their own question.
 * @param question what the place is of: another question's cursor would leave holes
 */
export function writeCursor({ timestamp, id }: Place, question: string): string {
  return Buffer.from(JSON.stringify([timestamp, id, digest(question)])).toString('base64url');
}

/** @throws `cursor-invalid` for what is no cursor of ours to this question */
export function readCursor(cursor: string, question: string): Place {
  const read = content.safeParse(parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success || read.data[2] !== digest(question) || Number.isNaN(Date.parse(read.data[0])))
    throw problem('cursor-invalid', { field: 'cursor', fix: 'ask from the beginning, without a cursor' });
  const [timestamp, id] = read.data;
  return { timestamp, id };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function digest(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 12);
}
