import { z } from 'zod';
import { ProblemError } from '../problems.js';
import { fieldPath, queryOf, valid } from './validate.js';

const schema = z.strictObject({ events: z.array(z.object({ status: z.enum(['success', 'error']) })) });

function fault(value: unknown): unknown {
  try {
    valid(schema, value, 'body');
  } catch (error) {
    return (error as ProblemError).toProblem();
  }
  return undefined;
}

describe('fieldPath', () => {
  it.each([
    [[], ''],
    [['events', 3, 'status'], 'events[3].status'],
    [[0, 'a'], '[0].a']
  ])('writes %j as %p', (path, text) => expect(fieldPath(path)).toBe(text));
});

describe('valid', () => {
  it('gives what the schema makes of a value', () => {
    expect(valid(z.object({ limit: z.coerce.number().default(10) }), {}, 'query')).toEqual({ limit: 10 });
  });

  it('names the field that is wrong', () => {
    expect(fault({ events: [{ status: 'success' }, { status: 'done' }] })).toMatchObject({
      type: 'urn:celltrail:field-invalid',
      status: 400,
      field: 'events[1].status'
    });
  });

  it('names a field that is missing, and one that does not exist', () => {
    expect(fault({})).toMatchObject({ field: 'events' });
    expect(fault({ events: [], evnets: 1 })).toMatchObject({ field: 'evnets', detail: 'there is no such field' });
  });

  it('names the whole when the whole is wrong', () => {
    expect(fault('text')).toMatchObject({ field: 'body' });
  });
});

describe('queryOf', () => {
  it('gives names and values, decoded', () => {
    expect(queryOf('/api/stats?tz=Asia%2FTehran&x=')).toEqual({ tz: 'Asia/Tehran', x: '' });
    expect(queryOf('/api/stats')).toEqual({});
  });

  it('refuses a name that comes twice', () => {
    expect(() => queryOf('/api/stats?tz=UTC&tz=Asia/Tehran')).toThrow(ProblemError);
  });
});
