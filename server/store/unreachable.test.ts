import { isUnreachable } from './unreachable.js';

const fault = (code?: string, message = '') => Object.assign(new Error(message), code ? { code } : {});

describe('isUnreachable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '08006', '57P01', '57P03', '53300'])('knows %s', code => {
    expect(isUnreachable(fault(code))).toBe(true);
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])('knows %p', message => {
    expect(isUnreachable(fault(undefined, message))).toBe(true);
  });

  it('knows a name none of whose addresses answers', () => {
    expect(isUnreachable(new AggregateError([fault('ECONNREFUSED'), fault('ENETUNREACH')]))).toBe(true);
  });

  it.each([fault('42P01'), fault('23505'), fault('57014'), fault(undefined, 'x is not a function'), 'text', undefined])(
    'takes %p for something else',
    error => expect(isUnreachable(error)).toBe(false)
  );
});
