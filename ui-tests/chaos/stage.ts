import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type Note } from './note.js';
import { SHIFTED_CLOCK } from './page/shifted-clock.js';
import { type Recorder } from './recorder.js';

/** The place that pages come from and tell their events to: in the middle of all faults it has none. */
export interface Stage {
  port: number;
  close(): Promise<void>;
}

/** @param folder of the bundled page */
export async function startStage(folder: string, recorder: Recorder): Promise<Stage> {
  const script = (name: string): string => SHIFTED_CLOCK + readFileSync(join(folder, name), 'utf8');
  const files: Record<string, [type: string, body: string]> = {
    '/': ['text/html; charset=utf-8', '<!doctype html><title>chaos</title><script src="/main.js"></script>'],
    '/main.js': ['text/javascript', script('main.js')],
    '/celltrail-outbox.js': ['text/javascript', script('celltrail-outbox.js')]
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stage');
    if (request.method === 'POST' && pathname === '/note') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        recorder.note(JSON.parse(Buffer.concat(chunks).toString()) as Note);
        response.writeHead(204).end();
      });
      return;
    }
    const [type, body] = files[pathname] ?? ['text/plain', ''];
    response.writeHead(files[pathname] ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
