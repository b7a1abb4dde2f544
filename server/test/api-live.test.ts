import { startBareApp, type BareApp } from './bare-app.js';
import { openEventStream } from './event-stream.js';
import { send } from './request.js';

describe('the live stream', () => {
  let app: BareApp;
  beforeEach(async () => {
    app = await startBareApp();
  });
  afterEach(() => app.close(0));

  it('begins with one change, and tells each later one', async () => {
    const stream = await openEventStream(app.port);
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(stream.response.headers).not.toHaveProperty('content-encoding');
    await stream.until(1);
    app.bus.changed(['test_user']);
    const [first, second] = await stream.until(2);
    expect([first!.event, JSON.parse(first!.data)]).toEqual(['change', { sequence: 0 }]);
    expect([second!.event, second!.id, JSON.parse(second!.data)]).toEqual(['change', '1', { sequence: 1 }]);
    stream.end();
  });

  it('begins with a change again after each connection, so that nothing missed has to be kept', async () => {
    const first = await openEventStream(app.port);
    await first.until(1);
    first.end();
    app.bus.changed(['test_user']);
    const second = await openEventStream(app.port);
    expect(await second.until(1)).toHaveLength(1);
    second.end();
  });

  it("is silent about other people's changes", async () => {
    const stream = await openEventStream(app.port);
    await stream.until(1);
    app.bus.changed(['sara']);
    app.bus.changed(['test_user']); // what comes later has come, so what comes earlier would have
    expect(await stream.until(2)).toHaveLength(2);
    stream.end();
  });

  it('reaches many dashboards with few writes', async () => {
    const streams = await Promise.all(Array.from({ length: 200 }, () => openEventStream(app.port)));
    await Promise.all(streams.map(stream => stream.until(1)));
    expect(app.streams.size).toBe(200);
    for (let i = 0; i < 1000; i++) app.bus.changed(['test_user']);
    await Promise.all(streams.map(stream => stream.until(3)));
    // The first change at once, all the others as one.
    expect(new Set(streams.map(({ messages }) => messages.length))).toEqual(new Set([3]));
    for (const stream of streams) stream.end();
  });

  it('ends when the server stops', async () => {
    const stream = await openEventStream(app.port);
    app.streams.close();
    await stream.closed;
    expect(app.streams.size).toBe(0);
  });

  it('answers other methods as every route does', async () => {
    expect((await send(app.port, '/api/live', { method: 'POST' })).status).toBe(405);
    expect((await send(app.port, '/api/live', { method: 'HEAD' })).status).toBe(200);
  });

  it('refuses pages of other sites', async () => {
    const reply = await send(app.port, '/api/live', { headers: { Origin: 'http://evil.example' } });
    expect(reply.status).toBe(403);
  });
});
