import { rollupDeltas, type Counted } from './rollups.js';

const row = (over: Partial<Counted> = {}): Counted => ({
  username: 'sara',
  timestamp: '2026-11-24T10:14:59.999999Z',
  status: 'success',
  execution_time_ms: 5,
  ...over
});
const BUCKET = '2026-11-24T10:00:00.000Z';

describe('what changes of rows mean for the rollups', () => {
  it('counts rows of one key together', () => {
    expect(rollupDeltas([{ before: null, after: row() }, { before: null, after: row({ execution_time_ms: null }) }])).toEqual([
      { username: 'sara', bucket: BUCKET, status: 'success', executions: 2, total_time_ms: 5 }
    ]); // prettier-ignore
  });

  it('moves a completed row from the bucket and status it had', () => {
    const before = row({ status: 'running', execution_time_ms: null });
    const after = row({ timestamp: '2026-11-24T10:15:00Z' });
    expect(rollupDeltas([{ before, after }])).toEqual([
      { username: 'sara', bucket: BUCKET, status: 'running', executions: -1, total_time_ms: 0 },
      { username: 'sara', bucket: '2026-11-24T10:15:00.000Z', status: 'success', executions: 1, total_time_ms: 5 }
    ]);
  });

  it('is sorted by key, whatever order the rows came in', () => {
    const rows = ['zara', 'ali', 'sara'].map(username => ({ before: null, after: row({ username }) }));
    expect(rollupDeltas(rows).map(({ username }) => username)).toEqual(['ali', 'sara', 'zara']);
  });
});
