import { readCursor, writeCursor } from './cursor.js';

const place = { timestamp: '2026-11-24T10:00:00.123456Z', id: '019aba00-0000-8000-8000-000000000001' };

describe('a cursor', () => {
  it('comes back as the place it was made of', () => {
    expect(readCursor(writeCursor(place, 'q'), 'q')).toEqual(place);
  });

  it('is of its question only', () => {
    expect(() => readCursor(writeCursor(place, 'q'), 'other')).toThrow(
      expect.objectContaining({ kind: 'cursor-invalid' }) as Error
    );
  });

  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['nothing', ''],
    ['noise', '%%%'],
    ['another shape', forged({})],
    ['a time that is none', forged(['2026-99-99T10:00:00.000Z', place.id, 'x'])],
    ['SQL in place of a time', forged(["now()'; --", place.id, 'x'])],
    ['an id that is none', forged([place.timestamp, '1', 'x'])],
    ['a cut one', writeCursor(place, 'q').slice(0, -8)]
  ])('is refused when it is %s', (_, cursor) => {
    expect(() => readCursor(cursor, 'q')).toThrow(expect.objectContaining({ kind: 'cursor-invalid' }) as Error);
  });
});
