import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { executionId, lowestExecutionId } from './execution-id.js';

interface Vectors {
  ids: { says: string; requested_at: string; kernel_id: string; msg_id: string; id: string }[];
  refused: string[];
}
const vectors = JSON.parse(readFileSync(join(__dirname, 'vectors/execution-ids.json'), 'utf8')) as Vectors;

describe('executionId', () => {
  test.each(vectors.ids)('$says: $requested_at', ({ requested_at, kernel_id, msg_id, id }) => {
    expect(executionId(requested_at, kernel_id, msg_id)).toBe(id);
  });

  test.each(vectors.refused)('refuses %j', date => {
    expect(() => executionId(date, 'k', 'm')).toThrow(RangeError);
  });

  const dates = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });

  test('is a UUIDv8 whose time is that of the request', () => {
    fc.assert(
      fc.property(dates, fc.string(), fc.string(), (date, kernel, message) => {
        const id = executionId(date.toISOString(), kernel, message);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(date.getTime());
      })
    );
  });

  test('sorts by the time of the request', () => {
    fc.assert(
      fc.property(dates, dates, fc.uuid(), fc.uuid(), (a, b, kernel, message) => {
        const [x, y] = [executionId(a.toISOString(), kernel, message), executionId(b.toISOString(), kernel, message)];
        expect(Math.sign(a.getTime() - b.getTime())).toBe(x < y ? -1 : x > y ? 1 : 0);
      })
    );
  });
});

test('no execution of a moment has an id below the lowest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.string(), (ms, message) => {
      const lowest = lowestExecutionId(ms);
      const id = executionId(new Date(ms).toISOString(), 'k', message);
      expect(id > lowest && id < lowestExecutionId(ms + 1)).toBe(true);
    })
  );
});
