import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response } from 'express';

/** A file that is made while it is sent. */
export class Download {
  /**
   * @param name of the file, as it is saved
   * @param type its media type
   * @param parts what it is made of; begun only when somebody reads it, and ended early when they go away
   */
  constructor(
    readonly name: string,
    readonly type: string,
    readonly parts: AsyncIterable<string | Uint8Array>
  ) {}
}

/**
 * Sends a file, as fast as its reader takes it. What fails before the first part is a problem as any other; after it
 * the connection is cut, so that half a file is never taken for a whole one.
 */
export async function sendDownload(request: Request, response: Response, download: Download): Promise<void> {
  const iterator = download.parts[Symbol.asyncIterator]();
  const first = request.method === 'HEAD' ? null : await iterator.next();
  response.setHeader('Content-Type', download.type);
  response.setHeader('Content-Disposition', `attachment; filename="${download.name}"`);
  if (!first || first.done) return void response.end();
  try {
    await pipeline(Readable.from(chain(first.value, iterator)), response);
  } catch (error) {
    // Whoever went away has nobody left to tell.
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    await iterator.return?.();
  }
}

async function* chain<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
