import { describeProblem, problemKind, PROBLEMS, type ProblemType } from './problems.js';

const kinds = Object.keys(PROBLEMS) as ProblemType[];

test.each(kinds)('%s comes over the wire as what it is', kind => {
  const problem = describeProblem(kind, { field: 'events[3].status', fix: 'do' });
  expect(problem).toMatchObject({ type: `urn:celltrail:${kind}`, field: 'events[3].status', fix: 'do' });
  expect(problem.status).toBeGreaterThanOrEqual(400);
  expect(problem.status).toBeLessThan(600);
  expect(problemKind(JSON.parse(JSON.stringify(problem)) as typeof problem)).toBe(kind);
});

test('no two kinds have one title', () => {
  expect(new Set(kinds.map(kind => PROBLEMS[kind].title)).size).toBe(kinds.length);
});

test.each([
  'about:blank',
  'urn:celltrail:',
  'urn:celltrail:of-tomorrow',
  'urn:celltrail:constructor',
  'urn:other:internal'
])('%s is no kind of this build', type => {
  expect(problemKind({ type })).toBeUndefined();
});
