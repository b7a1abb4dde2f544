import { get, type ClientRequest, type IncomingMessage } from 'node:http';

/** One message of an event stream, comments apart. */
export interface StreamMessage {
  event: string;
  id: string;
  data: string;
}

/** An open event stream, as a browser would read it. */
export interface OpenStream {
  response: IncomingMessage;
  messages: StreamMessage[];
  /** everything that came, comments too */
  text: () => string;
  /** Resolves when that many messages have come in all. */
  until(count: number): Promise<StreamMessage[]>;
  /** Resolves when the server has closed it. */
  closed: Promise<void>;
  end(): void;
}

/** Opens a stream on 127.0.0.1. */
export async function openEventStream(
  port: number,
  path = '/api/live',
  headers: Record<string, string> = {}
): Promise<OpenStream> {
  let request: ClientRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request = get(
      { host: '127.0.0.1', port, path, agent: false, headers: { Accept: 'text/event-stream', ...headers } },
      resolve
    );
    request.on('error', reject);
  });
  const messages: StreamMessage[] = [];
  const waiting: { count: number; resolve: (messages: StreamMessage[]) => void }[] = [];
  let text = '';
  let unread = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const blocks = (unread + part).split('\n\n');
    unread = blocks.pop()!;
    messages.push(...blocks.map(readBlock).filter(message => message !== undefined));
    for (const { count, resolve } of waiting) if (messages.length >= count) resolve(messages);
  });
  return {
    response,
    messages,
    text: () => text,
    until: count =>
      new Promise(resolve => {
        if (messages.length >= count) resolve(messages);
        else waiting.push({ count, resolve });
      }),
    closed: new Promise(resolve => {
      response.on('close', () => resolve());
      response.on('error', () => resolve());
    }),
    end: () => void request.destroy()
  };
}

function readBlock(block: string): StreamMessage | undefined {
  const fields = new Map(
    block
      .split('\n')
      .filter(line => !line.startsWith(':') && line.includes(': '))
      .map(line => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)])
  );
  const data = fields.get('data');
  return data === undefined ? undefined : { event: fields.get('event') ?? '', id: fields.get('id') ?? '', data };
}
