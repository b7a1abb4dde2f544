import { testPage } from '../test/events.js';
import { cleanEvent } from './clean.js';
import { settle, type Version } from './settle.js';

const page = testPage();
const other = testPage();
const version = (event: unknown, username = 'sara'): Version => {
  const cleaned = cleanEvent(event, 0, Date.now());
  if (cleaned.kind !== 'execution') throw new Error(JSON.stringify(cleaned));
  return { ...cleaned.execution, username };
};
const end = page.finished({ queued_ms: 3 });
const start = page.startOf(end);
const unknown = { ...end, status: 'unknown' as const, reason: 'page_closed' };
const elsewhere = { page_id: other.page_id };

describe('what an event is to what is on record', () => {
  it.each<[string, unknown, unknown, string]>([
    ['an end after its start', start, end, 'completing'],
    ['an end after an unknown end', unknown, end, 'completing'],
    ['an unknown end after the start', start, unknown, 'completing'],
    ['a start after its end', end, start, 'duplicate'],
    ['a start after an unknown end', unknown, start, 'duplicate'],
    ['an unknown end after an end', end, unknown, 'duplicate'],
    ['the same end', end, end, 'duplicate'],
    ['the same start', start, start, 'duplicate'],
    ['the same end from a page that saw only the idle', end, { ...end, ...elsewhere, execution_time_ms: 14, error_traceback: null, client: 'foreign' }, 'duplicate'], // prettier-ignore
    ['a start with another code', end, { ...start, code: 'other' }, 'contradiction'],
    ['an end with another code', start, { ...end, code: 'other' }, 'contradiction'],
    ['an end with another status', end, { ...end, status: 'error' }, 'contradiction'],
    ['an end with another error from the same page', { ...end, status: 'error', error_message: 'a' }, { ...end, status: 'error', error_message: 'b' }, 'contradiction'], // prettier-ignore
    ['an end with another cell number', end, { ...end, ...elsewhere, cell_number: 2 }, 'contradiction'],
    ['an end a minute longer', end, { ...end, ...elsewhere, execution_time_ms: 60_000 }, 'contradiction'],
    ['an end that began a minute later', end, { ...end, ...elsewhere, timestamp: new Date(Date.parse(end.timestamp) + 60_000).toISOString() }, 'contradiction'] // prettier-ignore
  ])('%s: %4$s', (_, known, said, verdict) => {
    expect(settle(version(known), [version(said)]).verdicts).toEqual([verdict]);
  });

  it('gives a run that a witness told to whoever says that they sent it, once', () => {
    const seen = version({ ...end, ...elsewhere, client: 'foreign', execution_time_ms: 14 }, 'reza');
    const { row, verdicts, overruled } = settle(seen, [version(end), version({ ...end, ...elsewhere }, 'reza')]);
    expect(verdicts).toEqual(['completing', 'contradiction']);
    expect(row).toEqual(version(end));
    expect(overruled).toEqual([]);
  });

  it('keeps what a witness told when the sender says otherwise', () => {
    const seen = version({ ...end, ...elsewhere, client: 'foreign', status: 'error' }, 'reza');
    const { row, verdicts, overruled } = settle(seen, [version(end)]);
    expect([row?.status, row?.username, ...verdicts]).toEqual(['success', 'sara', 'completing']);
    expect(overruled).toEqual([seen]);
  });

  it('lets the sender claim a run whose end only a witness told, and tell it later', () => {
    const seen = version({ ...end, ...elsewhere, client: 'foreign', execution_time_ms: 14 }, 'reza');
    const claimed = settle(seen, [version(start)]);
    expect(claimed.row).toMatchObject({ username: 'sara', client: 'notebook', execution_time_ms: 14, witnessed: true });
    const told = settle(claimed.row, [seen, version(end), version(start), seen]);
    expect(told.verdicts).toEqual(['duplicate', 'completing', 'duplicate', 'duplicate']);
    expect(told.row).toEqual(version(end));
  });

  it("takes another person's account of a shared kernel for a duplicate, and their claim to it for a contradiction", () => {
    const seen = version({ ...end, ...elsewhere, client: 'foreign' }, 'reza');
    const claimed = version({ ...end, ...elsewhere }, 'reza');
    expect(settle(version(end), [seen, claimed]).verdicts).toEqual(['duplicate', 'contradiction']);
  });

  it('leaves the run with the one who sent it when another page sees its end', () => {
    const { row, verdicts } = settle(version(start), [version({ ...end, ...elsewhere, client: 'foreign' }, 'reza')]);
    expect([row?.username, row?.status, ...verdicts]).toEqual(['sara', 'success', 'completing']);
  });
});

describe('what is settled', () => {
  it('keeps from the page that started a run where it ran, when another page tells its end', () => {
    const seen = { ...end, ...elsewhere, client: 'foreign', notebook_path: null, cell_id: null };
    const { row } = settle(version({ ...start, client: 'notebook', notebook_path: 'a.ipynb', cell_id: 'c1' }), [
      version(seen)
    ]);
    expect(row).toMatchObject({ client: 'notebook', notebook_path: 'a.ipynb', cell_id: 'c1', status: 'success' });
  });

  it('is the same row in every order, from the store or from one batch', () => {
    const events = [start, unknown, end, start].map(event => version(event));
    const orders = events.flatMap((_, i) => [[...events.slice(i), ...events.slice(0, i)], [...events.slice(i), ...events.slice(0, i)].reverse()]); // prettier-ignore
    for (const order of orders) {
      expect(settle(null, order).row).toEqual(version(end));
      expect(settle(order[0]!, order.slice(1)).row).toEqual(version(end));
    }
  });

  it('knows from a witness when it began, where the page that sent it missed that', () => {
    const late = version({ ...end, timestamp: end.requested_at, queued_ms: null, execution_time_ms: null });
    const seen = version({ ...end, ...elsewhere, client: 'foreign', execution_time_ms: 14 }, 'reza');
    const whole = { ...version(end), execution_time_ms: 14 };
    for (const [first, ...others] of [
      [late, seen, late],
      [seen, late, seen, late]
    ]) {
      // prettier-ignore
      const { row, verdicts, overruled } = settle(first!, others);
      expect(row).toEqual(whole);
      expect([...verdicts, ...overruled]).not.toContain('contradiction');
    }
  });

  it('hands back the very row when nothing changes it', () => {
    const stored = version(end);
    expect(settle(stored, [version(start), version(end)]).row).toBe(stored);
  });

  it('keeps to the first of two contradicting ends', () => {
    const { row, verdicts } = settle(null, [version(end), version({ ...end, status: 'error' })]);
    expect([row?.status, ...verdicts]).toEqual(['success', 'new', 'contradiction']);
  });
});
