import { loggable } from './faults.js';

const fault = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);

describe('loggable', () => {
  it('keeps what helps to find the fault', () => {
    const line = loggable(fault('relation "x" does not exist', { code: '42P01', table: 'x', detail: 'secret' }));
    expect(line).toMatchObject({ name: 'Error', message: 'relation "x" does not exist', code: '42P01', table: 'x' });
    expect(line['frames']).toContainEqual(expect.stringMatching(/^\s+at .*faults\.test/));
  });

  it.each(['22P02', '23505', '22021'])('leaves out the message of %s, in which Postgres quotes values', code => {
    const line = JSON.stringify(loggable(fault('invalid input: "print(card_number)"', { code, detail: 'print(…)' })));
    expect(line).not.toContain('print');
    expect(line).toContain(code);
  });

  it.each([
    'connect to postgres://celltrail:hunter2@db.example/audit failed',
    'postgresql://celltrail:hunter2@[::1]:5432/audit',
    'bad dsn: host=db password=hunter2 user=x',
    "bad dsn: password = 'hunter2 with spaces' user=x"
  ])('leaves the password out of %p', message => {
    expect(JSON.stringify(loggable(fault(message)))).not.toContain('hunter2');
  });

  it('says of what is no error only its type', () => {
    expect(loggable('secret')).toEqual({ name: 'string' });
  });
});
