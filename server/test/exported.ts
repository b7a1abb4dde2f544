import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FreshDatabase } from './databases.js';

/** What a file that is made while it is read comes to. */
export async function textOf(parts: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(Buffer.from(part as string));
  return Buffer.concat(all);
}

/** The cells of a CSV. RFC 4180 §2 */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.match(/(?:"(?:[^"]|"")*"|[^"\n])+/g) ?? [])
    rows.push(
      [...`,${line}`.matchAll(/,("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) =>
        cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!
      )
    );
  return rows;
}

/** Puts many runs of `many` on record, a second apart. @param repeated how often 32 characters make up each code */
export async function storeMany(fresh: Pick<FreshDatabase, 'query'>, count: number, repeated: number): Promise<void> {
  await fresh.query(
    `INSERT INTO code_execution_logs (id, username, code, status, timestamp, kernel_id, msg_id, requested_at, page_id, page_seq,
                                      observed_at, completed_at)
     SELECT gen_random_uuid(), 'many', repeat(md5(n::text), $2), 'success', at, 'k', n::text, at, gen_random_uuid(), n, at, at
       FROM generate_series(1, $1::int) AS n, LATERAL (SELECT '2026-01-01T00:00:00Z'::timestamptz + make_interval(secs => n) AS at) AS t`,
    [count, repeated]
  );
  await fresh.query('ANALYZE code_execution_logs');
}

/** Asks until there is an answer; the test's own limit ends it. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** How much more is held, at most, while parts come than before the first, and how many bytes they are. */
export async function heapWhile(
  begin: () => Promise<AsyncIterable<string | Uint8Array>>
): Promise<{ bytes: number; grown: number }> {
  // prettier-ignore
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  let [bytes, grown, count] = [0, 0, 0];
  for await (const part of await begin()) {
    bytes += Buffer.byteLength(part);
    if (count++ % 4 === 0) grown = Math.max(grown, held() - before);
  }
  return { bytes, grown };
}
