import { PAGE_HEARTBEAT_MS } from '@celltrail/protocol';
import { Agent, get } from 'node:http';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RequestListener } from 'node:http';
import { ListenError, listen } from './listen.js';

const hello: RequestListener = (_request, response) => void response.end('hello');
const ask = (port: number, host = '127.0.0.1') =>
  new Promise<string>((resolve, reject) => {
    get({ host, port, agent: false }, response => {
      response.on('data', (data: Buffer) => resolve(String(data)));
    }).on('error', reject);
  });

describe('listen', () => {
  it('answers on the port it says', async () => {
    const listener = await listen(['127.0.0.1'], 0, hello);
    expect(await ask(listener.port)).toBe('hello');
    await listener.close(0);
    await expect(ask(listener.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps the connection of an open page from one heartbeat to the next, two minutes in a tab in the background', async () => {
    const listener = await listen(['127.0.0.1'], 0, hello);
    const agent = new Agent({ keepAlive: true });
    const kept = await new Promise<string>((resolve, reject) => {
      get({ host: '127.0.0.1', port: listener.port, agent }, response => {
        response.resume();
        resolve(String(response.headers['keep-alive']));
      }).on('error', reject);
    });
    expect(Number(/^timeout=(\d+)$/.exec(kept)?.[1]) * 1000).toBeGreaterThan(2 * PAGE_HEARTBEAT_MS);
    agent.destroy();
    await listener.close(0);
  });

  it('notices that connections pour in, and that they no longer do', async () => {
    const listener = await listen(['127.0.0.1'], 0, hello);
    await ask(listener.port);
    expect(listener.pouring()).toBe(false);
    await Promise.all(Array.from({ length: 150 }, () => ask(listener.port)));
    expect(listener.pouring()).toBe(true);
    while (listener.pouring()) await sleep(50);
    await listener.close(0);
  });

  it('leaves out an address that this machine does not have', async () => {
    const listener = await listen(['203.0.113.7', '127.0.0.1'], 0, hello);
    expect(listener.hosts).toEqual(['127.0.0.1']);
    await listener.close(0);
  });

  it('says what to do when no address works', async () => {
    await expect(listen(['203.0.113.7'], 0, hello)).rejects.toMatchObject({ fix: 'Correct AUDIT_HOST.' });
  });

  it('says that a port is in use, and lets go of what it had', async () => {
    const other = createServer().listen(0, '127.0.0.2');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const failed = listen(['127.0.0.1', '127.0.0.2'], port, hello);
    await expect(failed).rejects.toBeInstanceOf(ListenError);
    await expect(failed).rejects.toThrow(`Port ${port} on 127.0.0.2 is in use`);
    await expect(ask(port)).rejects.toThrow('ECONNREFUSED');
    other.close();
  });

  it('waits for the answer in flight when it closes, and for no connection that only lingers', async () => {
    let answer = () => {};
    const asked = new Promise<void>(resolve => {
      answer = resolve;
    });
    let finish = () => {};
    const listener = await listen(['127.0.0.1'], 0, (_request, response) => {
      finish = () => response.end('late');
      answer();
    });
    const lingering = connect(listener.port, '127.0.0.1');
    await once(lingering, 'connect');
    const reply = ask(listener.port);
    await asked;
    const closed = listener.close(60_000);
    finish();
    expect(await reply).toBe('late');
    await closed;
    lingering.destroy();
  });

  it('cuts off what does not end within the grace', async () => {
    let asked = () => {};
    const began = new Promise<void>(resolve => {
      asked = resolve;
    });
    const listener = await listen(['127.0.0.1'], 0, () => asked());
    const reply = ask(listener.port);
    const cut = expect(reply).rejects.toThrow();
    await began;
    await listener.close(0);
    await cut;
  });
});
