import { EXECUTION_STATUSES } from '@celltrail/protocol';
import { figures } from './stats.js';

describe('figures', () => {
  it('are zero, and no rate, of somebody who ran nothing', () => {
    expect(figures([])).toEqual({ today: 0, total: 0, errors: 0, successRate: null, running: 0 });
  });

  it('count every status in the totals', () => {
    const counts = EXECUTION_STATUSES.map(status => ({ status, total: 10, today: 1 }));
    expect(figures(counts)).toMatchObject({ today: EXECUTION_STATUSES.length, total: 10 * EXECUTION_STATUSES.length });
  });

  it('leave runs that never began, and those without an end, out of the rate', () => {
    const counts = [
      { status: 'success', total: 3, today: 0 },
      { status: 'error', total: 1, today: 0 },
      { status: 'aborted', total: 50, today: 0 },
      { status: 'running', total: 2, today: 2 },
      { status: 'unknown', total: 7, today: 0 }
    ] as const;
    expect(figures(counts)).toMatchObject({ successRate: 0.75, errors: 1, running: 2 });
  });

  it('take an interrupt and a dead kernel for failures', () => {
    const counts = (['interrupted', 'kernel_died', 'kernel_restarted'] as const).map(status => ({
      status,
      total: 1,
      today: 1
    }));
    expect(figures(counts)).toMatchObject({ errors: 3, successRate: 0 });
  });
});
