import { translator } from '@celltrail/protocol/locales';
import { OWN_PROBLEMS, type OutboxState } from '../tokens.js';
import { explanation, itemFacts, itemWords, rows, type Subject } from './words.js';

const outbox = (some: Partial<OutboxState> = {}): OutboxState => ({
  reach: 'reachable',
  waiting: 0,
  others: 0,
  refused: 0,
  full: false,
  lastStoredAt: null,
  nextTryAt: null,
  problem: null,
  username: 'ana',
  ...some
});
const subject = (some: Partial<OutboxState> = {}, capture: Partial<Subject['capture']> = {}): Subject => ({
  capture: { capturing: true, fault: null, ...capture },
  outbox: outbox(some),
  endpoint: 'http://localhost:8001'
});
const [en, fa] = [translator('en'), translator('fa')];
const row = (of: Subject, id: string, t = en, language: 'en' | 'fa' = 'en') =>
  rows(t, language, of).find(each => each.id === id);

describe('the item', () => {
  test.each<[string, Subject]>([
    ['Recording', subject()],
    ['Recording', subject({ waiting: 3 })],
    ['Recording (1 waiting)', subject({ waiting: 1, problem: 'too-large-on-the-way' })],
    ['Recording (2 refused)', subject({ refused: 2 })],
    ['Connecting to the audit server', subject({ reach: 'unknown', waiting: 1 })],
    ['Audit server unreachable (3 waiting)', subject({ reach: 'unreachable', waiting: 3 })],
    ['Audit server unreachable (3 waiting, 1 refused)', subject({ reach: 'unreachable', waiting: 3, refused: 1 })],
    ['Refused by the audit server (1 waiting)', subject({ reach: 'refused', waiting: 1 })],
    ['Sign-in expired (1 waiting)', subject({ reach: 'expired', waiting: 1 })],
    ['Not recording: the outbox is full (9 waiting)', subject({ reach: 'unreachable', full: true, waiting: 9 })],
    ['Browser storage unavailable', subject({ reach: 'storage' })],
    ['Not recording', subject({}, { capturing: false })],
    ['Not recording (4 waiting)', subject({ reach: 'unreachable', waiting: 4 }, { capturing: false })],
    ['Recording is impaired', subject({}, { fault: 'Lab changed' })]
  ])('says %j', (text, of) => {
    expect(itemWords(en, itemFacts(of)).text).toBe(text);
  });

  test('says it in Persian, with Persian digits and comma', () => {
    const { text, label } = itemWords(fa, itemFacts(subject({ reach: 'unreachable', waiting: 12, refused: 1 })));
    expect(text).toBe('سرور ثبت در دسترس نیست (۱۲ در انتظار، ۱ پذیرفته‌نشده)');
    expect(label).toContain(text);
  });
});

describe('the explanation', () => {
  test('has a sentence of its own for every standing', () => {
    const standings = [
      subject(),
      subject({ reach: 'unknown' }),
      subject({ reach: 'unreachable' }),
      subject({ reach: 'refused' }),
      subject({ reach: 'expired' }),
      subject({ full: true }),
      subject({ reach: 'storage' }),
      subject({}, { capturing: false }),
      subject({}, { fault: 'x' })
    ];
    for (const t of [en, fa]) expect(new Set(standings.map(of => explanation(t, of))).size).toBe(standings.length);
  });

  test('answers what a person must find out', () => {
    const of = subject({
      reach: 'unreachable',
      waiting: 1,
      refused: 2,
      lastStoredAt: Date.UTC(2026, 10, 24, 12),
      nextTryAt: Date.UTC(2026, 10, 24, 13),
      problem: 'Failed to fetch'
    });
    const texts = Object.fromEntries(rows(en, 'en', of).map(({ id, text }) => [id, text]));
    expect(texts).toMatchObject({
      'explain.capture': 'On',
      'explain.server': 'http://localhost:8001',
      'explain.reach': 'Does not answer',
      'explain.problem': 'Failed to fetch',
      'explain.username': 'ana',
      'explain.waiting': '1 event',
      'explain.refused.count': '2 events, kept in this browser'
    });
    expect(texts['explain.lastStored']).toMatch(/Nov 24, 2026/);
    expect(texts['explain.nextTry']).toMatch(/Nov 24, 2026/);
  });

  test('says what is not known, and nothing of trouble where there is none', () => {
    const of = subject({ username: null });
    expect(row(of, 'explain.username')).toMatchObject({ text: 'Not known yet', isolated: false });
    expect(row(of, 'explain.lastStored')?.text).toBe('Nothing yet in this browser');
    expect(row(of, 'explain.nextTry')?.text).toBe('None needed');
    expect(row(of, 'explain.problem')).toBeUndefined();
  });

  test('has words for what the outbox found out itself, and shows what others said as they said it', () => {
    for (const problem of OWN_PROBLEMS) {
      expect(row(subject({ problem }), 'explain.problem')?.isolated).toBe(false);
      expect(row(subject({ problem }), 'explain.problem')?.text).toMatch(/[a-z]{3}.*\.$/);
    }
    expect(row(subject({ problem: 'HTTP 502' }), 'explain.problem')).toMatchObject({
      text: 'HTTP 502',
      isolated: true
    });
  });

  test('tells why capture misses something', () => {
    expect(row(subject({}, { fault: 'Lab changed' }), 'explain.capture')?.text).toBe('On, but impaired: Lab changed');
    expect(row(subject({}, { capturing: false, fault: 'x' }), 'explain.capture')?.text).toBe('Off');
  });

  test('gives Persian readers their calendar, and keeps addresses and names in their own direction', () => {
    const of = subject({ lastStoredAt: Date.UTC(2026, 10, 24, 12) });
    expect(row(of, 'explain.lastStored', fa, 'fa')?.text).toContain('آذر ۱۴۰۵');
    expect(row(of, 'explain.server', fa, 'fa')?.isolated).toBe(true);
    expect(row(of, 'explain.username', fa, 'fa')?.isolated).toBe(true);
  });
});
