import { type Check } from '@celltrail/protocol';
import { translator } from '@celltrail/protocol/locales';
import { formatter } from '../../format.js';
import { checkWords, stateOf } from './check-words.js';

const en = [translator('en'), formatter('en', 'UTC')] as const;
const fa = [translator('fa'), formatter('fa', 'UTC')] as const;
const check = (change: Partial<Check>): Check => ({
  id: 'server',
  ok: true,
  detail: 'It answers.',
  figures: { version: '0.1.0' },
  fix: null,
  ...change
});

it.each([
  [true, 'ok'],
  [false, 'wrong'],
  [null, 'unknown']
] as const)('reads ok %s as %s', (ok, state) => {
  expect(stateOf({ ok })).toBe(state);
});

it('tells a check in the language of the reader, filled with its figures', () => {
  expect(checkWords(check({}), ...en)).toMatchObject({ title: 'Server', sentence: 'It answers; version 0.1.0.' });
  expect(checkWords(check({}), ...fa).sentence).toContain('0.1.0');
  expect(checkWords(check({}), ...fa).foreign).toBe(false);
});

it('says what to do about what is wrong', () => {
  const { state, fix } = checkWords(check({ ok: false, figures: { url: 'http://x' }, fix: 'start_server' }), ...en);
  expect([state, fix]).toEqual(['wrong', 'Start it: celltrail serve.']);
});

it("falls back to the server's own sentence for a check that this build does not know", () => {
  const words = checkWords(check({ id: 'from_the_future', detail: 'Hyperdrive is off.', fix: 'engage' }), ...fa);
  expect(words).toMatchObject({
    title: 'from_the_future',
    sentence: 'Hyperdrive is off.',
    foreign: true,
    fix: 'engage'
  });
});

it('writes roles in words and what is not known as a dash', () => {
  const identity = check({ id: 'identity', figures: { username: 'sara', role: 'admin', auth: null } });
  expect(checkWords(identity, ...en).sentence).toMatch(/sara.*Admin.*–/);
});
