import { type Kysely } from 'kysely';
import { LANGUAGES, type MessageKey } from '@celltrail/protocol/locales';
import { createLog } from '../log.js';
import { type Database } from '../store/schema.js';
import { type Checker, sentenceKey, toCheck, type View } from './check.js';
import { CHECKERS, runChecks } from './checks.js';

const log = createLog('silent');
/** A database that no query reaches. */
const away = {
  getExecutor: () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
} as unknown as Kysely<Database>;
const view: View = {
  db: away,
  actor: { username: 'ali', role: 'admin' },
  auth: 'loopback'
};

describe('the troubleshooting list', () => {
  it.each(CHECKERS.map(({ id }) => id))('has words for %s in every language', id => {
    const keys = [`check.${id}.title` as MessageKey, ...[true, false, null].map(ok => sentenceKey(id, ok))];
    for (const { words } of Object.values(LANGUAGES)) for (const key of keys) expect(words).toHaveProperty([key]);
  });

  it('says why when the database is away, and judges nothing that needs it', async () => {
    const checks = await runChecks(view, log);
    expect(checks.map(({ id, ok }) => [id, ok])).toEqual([
      ['server', true],
      ['database', false],
      ['schema', null],
      ['roles', null],
      ['partitions', null],
      ['search', null],
      ['identity', true],
      ['extension', null],
      ['capture', null],
      ['outbox', null],
      ['keeping', null],
      ['sequence', null],
      ['last_event', null]
    ]);
    expect(checks[1]).toMatchObject({
      detail: 'The server does not reach its database: ECONNREFUSED.',
      fix: 'reach_database'
    });
  });

  it('says who you are', async () => {
    const checks = await runChecks(view, log);
    expect(checks.find(({ id }) => id === 'identity')?.detail).toContain('You are ali with the role admin');
  });

  it('outlives an item that fails', async () => {
    const broken: Checker = { id: 'schema', needsDatabase: false, look: () => Promise.reject(new Error('bug')) };
    expect(await runChecks(view, log, [broken])).toMatchObject([{ id: 'schema', ok: null }]);
  });
});

describe('toCheck', () => {
  it('tells the finding in English, for terminals and logs', () => {
    expect(toCheck('extension', { ok: true, figures: { count: 1, version: '0.1.0' } })).toEqual({
      id: 'extension',
      ok: true,
      detail: '1 page records; version 0.1.0.',
      figures: { count: 1, version: '0.1.0' },
      fix: null
    });
  });
});
