import { EventEmitter } from 'node:events';
import { type ServerResponse } from 'node:http';
import { createBus } from './bus.js';
import { HEARTBEAT_MS, changeText, createStreams } from './stream.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

class FakeResponse extends EventEmitter {
  text = '';
  headers: Record<string, string> = {};
  writableNeedDrain = false;
  state = 'open';
  writeHead(_status: number, headers: Record<string, string>) {
    this.headers = headers;
  }
  write(text: string) {
    this.text += text;
  }
  end() {
    this.state = 'ended';
    this.emit('close');
  }
  destroy() {
    this.state = 'destroyed';
    this.emit('close');
  }
}

function setUp() {
  const bus = createBus(() => Date.now());
  const streams = createStreams(bus);
  const open = (username: string) => {
    const response = new FakeResponse();
    streams.open(username, response as unknown as ServerResponse);
    return response;
  };
  return { bus, streams, open };
}

describe('a live stream', () => {
  it('begins with the time to wait before coming back, and one change', () => {
    const { open } = setUp();
    const { text, headers } = open('ali');
    expect(text).toBe('retry: 2000\n\nevent: change\nid: 0\ndata: {"sequence":0}\n\n');
    expect(headers['Content-Type']).toMatch(/^text\/event-stream/);
    expect(headers['Cache-Control']).toContain('no-transform');
  });

  it('is told of its own person only', () => {
    const { bus, open } = setUp();
    const [ali, sara] = [open('ali'), open('sara')];
    const before = sara.text;
    bus.changed(['ali']);
    expect(ali.text.endsWith(changeText({ sequence: 1 }))).toBe(true);
    expect(sara.text).toBe(before);
  });

  it('gives a sign of life while nothing happens', () => {
    const { open, streams } = setUp();
    const response = open('ali');
    jest.advanceTimersByTime(2 * HEARTBEAT_MS);
    expect(response.text.match(/^: still here$/gm)).toHaveLength(2);
    streams.close();
  });

  it('cuts off a reader that is too slow, instead of keeping its changes', () => {
    const { bus, open, streams } = setUp();
    const response = open('ali');
    response.writableNeedDrain = true;
    bus.changed(['ali']);
    expect(response.state).toBe('destroyed');
    expect(streams.size).toBe(0);
  });

  it('is forgotten when its reader goes away', () => {
    const { bus, open, streams } = setUp();
    const response = open('ali');
    const before = response.text;
    response.emit('close');
    bus.changed(['ali']);
    expect(response.text).toBe(before);
    expect(streams.size).toBe(0);
  });

  it('ends when the server stops, and leaves no timer behind', () => {
    const { open, streams } = setUp();
    const responses = [open('ali'), open('sara')];
    streams.close();
    expect(responses.map(response => response.state)).toEqual(['ended', 'ended']);
    expect(streams.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});
