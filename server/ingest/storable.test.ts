import fc from 'fast-check';
import { isStorable, storable, storableValue } from './storable.js';

describe('storable text', () => {
  it.each([
    ['plain', 'plain'],
    ['a\0b', 'a\u2400b'],
    ['a\ud800b', 'a\ufffdb'],
    ['\udc00\ud800', '\ufffd\ufffd'],
    ['😀 سلام', '😀 سلام'],
    ['\u202eabc\u2066', '\u202eabc\u2066']
  ])('of %j is %j', (text, expected) => expect(storable(text)).toBe(expected));

  it('is well-formed, has no NUL, keeps its length, and stays as it is the second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit)) }),
        text => {
          const held = storable(text);
          expect(Buffer.from(held).toString()).toBe(held);
          expect(held).not.toContain('\0');
          expect(held).toHaveLength(text.length);
          expect(storable(held)).toBe(held);
          expect(isStorable(text)).toBe(held === text);
        }
      )
    );
  });

  it('reaches every text of a value, and its keys', () => {
    expect(storableValue({ 'k\0': ['a\0', 1, null, { b: '\ud800' }], t: true })).toEqual({
      'k\u2400': ['a\u2400', 1, null, { b: '\ufffd' }],
      t: true
    });
  });
});
