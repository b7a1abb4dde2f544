import { problem, ProblemError } from './problems.js';

describe('problems', () => {
  it('travel with their kind, title, status and details', () => {
    expect(problem('field-invalid', { field: 'events[3].status', fix: 'use success' }).toProblem()).toEqual({
      type: 'urn:celltrail:field-invalid',
      title: 'A field is not valid',
      status: 400,
      field: 'events[3].status',
      fix: 'use success'
    });
  });

  it('are errors that say themselves in one line', () => {
    const error = problem('overloaded', { detail: '10 MB wait' });
    expect(error).toBeInstanceOf(ProblemError);
    expect(error.message).toBe('Too much waits to be stored · 10 MB wait');
  });
});
