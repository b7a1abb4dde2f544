import { openCursor, sealCursor } from './cursor.js';

const secret = Buffer.alloc(32, 7);
const place = ['2026-11-24T10:00:00.000123Z', '019aba00-0000-8000-8000-000000000001'];
const cursor = sealCursor(secret, 'activity of سارا', place);

describe('a cursor', () => {
  it('opens to the place it was made of', () => {
    expect(openCursor(secret, 'activity of سارا', cursor)).toEqual(place);
  });

  it('opens for no other question, person or installation', () => {
    expect(openCursor(secret, 'activity of reza', cursor)).toBeUndefined();
    expect(openCursor(Buffer.alloc(32, 8), 'activity of سارا', cursor)).toBeUndefined();
  });

  it('does not open when any letter of it is another', () => {
    // The last letter of 16 bytes in base64 carries 2 bits; the others of it are no part of the seal.
    for (let at = 0; at < cursor.length - 1; at++) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      const altered = cursor.slice(0, at) + other + cursor.slice(at + 1);
      expect([at, openCursor(secret, 'activity of سارا', altered)]).toEqual([at, undefined]);
    }
  });

  it.each(['', '.', 'x', 'x.y', `${cursor}.x`, cursor.split('.')[0]!, '💥.💥'])('does not open when it is %p', text => {
    expect(openCursor(secret, 'activity of سارا', text)).toBeUndefined();
  });
});
