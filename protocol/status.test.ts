import { canStep, didRun, EXECUTION_STATUSES, FAILED_STATUSES, isOpen, OPEN_STATUSES } from './status.js';

test('only a run that goes on or whose end is unknown is open', () => {
  expect(EXECUTION_STATUSES.filter(isOpen)).toEqual(['running', 'unknown']);
  expect(OPEN_STATUSES).toHaveLength(2);
});

test.each(EXECUTION_STATUSES.filter(status => !isOpen(status)))('%s never changes', from => {
  expect(EXECUTION_STATUSES.filter(to => canStep(from, to))).toEqual([]);
});

test('an open run takes any end, and none starts anew', () => {
  expect(EXECUTION_STATUSES.filter(to => canStep('running', to))).toEqual(
    EXECUTION_STATUSES.filter(status => status !== 'running')
  );
  expect(EXECUTION_STATUSES.filter(to => canStep('unknown', to))).toEqual(
    EXECUTION_STATUSES.filter(status => status !== 'running' && status !== 'unknown')
  );
});

test('an aborted run never ran, so it is no failure', () => {
  expect(EXECUTION_STATUSES.filter(status => !didRun(status))).toEqual(['aborted']);
  expect(FAILED_STATUSES).not.toContain('aborted');
});
