import { request as open, type IncomingHttpHeaders } from 'node:http';

/** What a test sends: fetch would not let it choose `Host`, `Origin` or an odd method. */
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** What came back. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** the body as JSON; fails the test where it is none */
  json<T = Record<string, unknown>>(): T;
}

/** One request to 127.0.0.1 on a connection of its own. @param path as it goes over the wire, not normalised */
export function send(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = open({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const json = <T>() => JSON.parse(text) as T;
        resolve({ status: response.statusCode!, headers: response.headers, text, json });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** One JSON document, posted. */
export function post(port: number, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return send(port, path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: text });
}
