import { EventEmitter } from 'node:events';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type ProblemError } from '../problems.js';
import { createInFlight, SMALL_BODY_BYTES } from './in-flight.js';

const MOST = 1_000_000;
const request = (headers: Record<string, string>, destroyed = false): IncomingMessage =>
  ({ headers, socket: { destroyed } }) as unknown as IncomingMessage;
const long = (bytes: number): IncomingMessage => request({ 'content-length': String(bytes) });
const response = (): ServerResponse => new EventEmitter() as unknown as ServerResponse;

describe('bodies in flight', () => {
  it('hold their bytes until they are answered', () => {
    const inFlight = createInFlight(8_000_000);
    const first = response();
    inFlight.admit(long(300_000), first, MOST);
    inFlight.admit(long(100_000), response(), MOST);
    expect(inFlight.bytes()).toBe(400_000);
    first.emit('close');
    expect(inFlight.bytes()).toBe(100_000);
  });

  it('are told to come later when there is no room, large ones long before small ones', () => {
    const inFlight = createInFlight(8 * MOST);
    inFlight.admit(long(SMALL_BODY_BYTES), response(), MOST);
    // However large, one of them has its turn.
    inFlight.admit(long(MOST), response(), MOST);
    expect(() => inFlight.admit(long(MOST), response(), MOST)).toThrow('Too much waits to be stored');
    while (inFlight.bytes() + SMALL_BODY_BYTES <= 8 * MOST) inFlight.admit(long(SMALL_BODY_BYTES), response(), MOST);
    expect(() => inFlight.admit(long(SMALL_BODY_BYTES), response(), MOST)).toThrow('Too much waits to be stored');
    expect(inFlight.bytes()).toBeLessThanOrEqual(8 * MOST);
  });

  it('that are large share a part of the room', () => {
    const inFlight = createInFlight(16 * MOST);
    const sent = Array.from({ length: 10 }, response);
    for (const one of sent) inFlight.admit(long(MOST / 10), one, MOST);
    expect(() => inFlight.admit(long(MOST / 10), response(), MOST)).toThrow('Too much waits to be stored');
    sent[0]!.emit('close');
    inFlight.admit(long(MOST / 10), response(), MOST);
  });

  it('are not read in vain while the line is long, unless they are small', () => {
    const inFlight = createInFlight(8 * MOST, { crowded: () => true, pouring: () => false });
    expect(() => inFlight.admit(long(SMALL_BODY_BYTES + 1), response(), MOST)).toThrow();
    inFlight.admit(long(SMALL_BODY_BYTES), response(), MOST);
    expect(inFlight.bytes()).toBe(SMALL_BODY_BYTES);
  });

  it('are read one at a time while connections pour in, unless they are small', () => {
    let pours = true;
    const inFlight = createInFlight(16 * MOST, { crowded: () => false, pouring: () => pours });
    const first = response();
    inFlight.admit(long(MOST / 10), first, MOST);
    inFlight.admit(long(SMALL_BODY_BYTES), response(), MOST);
    expect(() => inFlight.admit(long(MOST / 10), response(), MOST)).toThrow('Too much waits to be stored');
    first.emit('close');
    inFlight.admit(long(MOST / 10), response(), MOST);
    pours = false;
    inFlight.admit(long(MOST / 10), response(), MOST);
  });

  it('that are told to come later are spread the longer, the more they are', () => {
    const inFlight = createInFlight(16 * MOST, { crowded: () => true, pouring: () => false });
    const spreads = Array.from({ length: 1000 }, () => {
      try {
        inFlight.admit(long(MOST), response(), MOST);
      } catch (error) {
        return (error as ProblemError).spreadS;
      }
      return NaN;
    });
    expect(spreads[0]).toBe(10);
    expect([...spreads].sort((a, b) => a - b)).toEqual(spreads);
    expect(spreads.at(-1)).toBe(60);
  });

  it.each([[{ 'content-encoding': 'gzip', 'content-length': '10' }], [{ 'transfer-encoding': 'chunked' }]])(
    'take the most until it is known how long they are: %j',
    headers => {
      const inFlight = createInFlight(8 * MOST);
      const one = response();
      inFlight.admit(request(headers), one, MOST);
      expect(inFlight.bytes()).toBe(MOST);
      inFlight.measured(one, 70);
      expect(inFlight.bytes()).toBe(70);
      one.emit('close');
      inFlight.measured(one, 70);
      expect(inFlight.bytes()).toBe(0);
    }
  );

  it('of those who have gone hold nothing', () => {
    const inFlight = createInFlight(8 * MOST);
    inFlight.admit(request({ 'content-length': '10' }, true), response(), MOST);
    expect(inFlight.bytes()).toBe(0);
  });
});
