import { add, COUNTED, EMPTY, NODES, ofBundle, ofStream, stringBytes } from './footprint.js';

describe('stringBytes', () => {
  test.each(['', 'abc', 'é', 'سلام', '漢字', '😀', 'a\ud800b', '\udc00'])('counts the UTF-8 bytes of %p', text => {
    expect(stringBytes(text)).toBe(new TextEncoder().encode(text).length);
  });

  test('takes the length of a long one, without looking at it', () => {
    expect(stringBytes('é'.repeat(COUNTED + 1))).toBe(COUNTED + 1);
  });
});

describe('ofBundle', () => {
  test('names the types and sums their sizes', () => {
    expect(ofBundle({ 'text/plain': 'ab', 'text/html': '<b>é</b>' })).toEqual({
      types: ['text/plain', 'text/html'],
      bytes: 2 + 9
    });
  });

  test('counts strings and numbers inside of JSON', () => {
    expect(ofBundle({ 'application/json': { a: 'xyz', b: [1, 2], c: { d: null, e: true } } }).bytes).toBe(3 + 16 + 8);
  });

  test('stops counting in a large one', () => {
    const large = { 'application/json': Array.from({ length: 100_000 }, () => 1) };
    expect(ofBundle(large).bytes).toBeLessThanOrEqual(8 * NODES);
  });

  test('counts binary buffers', () => {
    expect(ofBundle({ 'image/x': '' }, [new Uint8Array(10).buffer, new DataView(new ArrayBuffer(5))]).bytes).toBe(15);
  });

  test.each([undefined, null, 'text', 7])('makes nothing of %p', data => {
    expect(ofBundle(data)).toEqual(EMPTY);
  });
});

test('a stream is told by the name that Lab gives its MIME type', () => {
  expect(ofStream('stderr', 'no')).toEqual({ types: ['application/vnd.jupyter.stderr'], bytes: 2 });
  expect(ofStream('stdout', null)).toEqual({ types: ['application/vnd.jupyter.stdout'], bytes: 0 });
});

test('footprints add up, each type once', () => {
  const one = { types: ['a', 'b'], bytes: 3 };
  expect(add(one, { types: ['b', 'c'], bytes: 4 })).toEqual({ types: ['a', 'b', 'c'], bytes: 7 });
  expect(add(one, { types: ['a'], bytes: 1 }).types).toBe(one.types);
});

test('no more types are kept than an event may carry', () => {
  const many = { types: Array.from({ length: 150 }, (_, i) => `x/${i}`), bytes: 1 };
  expect(add(EMPTY, many).types).toHaveLength(100);
});
