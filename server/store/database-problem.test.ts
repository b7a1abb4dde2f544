import { databaseProblem } from './database-problem.js';

const kindOf = (code: string): string | undefined => databaseProblem(Object.assign(new Error('x'), { code }))?.kind;

test.each([
  ['25006', 'database-read-only'],
  ['53100', 'database-full'],
  ['53200', 'database-busy'],
  ['53300', 'database-busy'],
  ['55P03', 'database-busy'],
  ['57014', 'database-busy'],
  ['57P01', 'database-unreachable'],
  ['08006', 'database-unreachable'],
  ['ECONNRESET', 'database-unreachable']
])('%s of the database is the passing problem %s', (code, kind) => expect(kindOf(code)).toBe(kind));

test.each(['23505', '22021', '42P01', 'ENOENT'])('%s is none: it does not pass by itself', code =>
  expect(kindOf(code)).toBeUndefined()
);

test("the database's own message goes nowhere: it may quote what somebody wrote", () => {
  const wire = databaseProblem(Object.assign(new Error('secret'), { code: '53100' }))!.toProblem();
  expect(JSON.stringify(wire)).not.toContain('secret');
});
