import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine } from '../engine.js';
import { type Fault, type Heal, type Stand } from '../fault.js';
import { childrenOf, signal } from '../processes.js';
import { until } from '../until.js';

const HOLD_MS = [1_000, 4_000] as const;
/** How long a setting may take to be reset, ms: Postgres may have to recover first. */
const RESET_MS = 120_000;
const LOGINS = ['celltrail_owner', 'celltrail_ingest'];

type Inject = (stand: Stand) => Promise<Heal>;
const fault = (name: string, inject: Inject, holdMs: Fault['holdMs'] = HOLD_MS): Fault => ({
  name,
  lane: 'database',
  holdMs,
  inject
});

const back =
  (engine: Engine): Heal =>
  async () => {
    await engine.revive();
    await engine.untilUp();
  };

const signalled =
  (name: NodeJS.Signals): Inject =>
  ({ engine }) => {
    const pid = engine.postmaster();
    if (pid !== null) signal(pid, name);
    return Promise.resolve(back(engine));
  };

const backendKilled: Inject = ({ engine, dice }) => {
  const pids = engine.backends();
  if (pids.length > 0) signal(dice.pick(pids), 'SIGKILL');
  return Promise.resolve(() => engine.untilUp());
};

const EVERYBODY_ELSE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

// A setting holds for sessions that begin after it: those that are there are ended on both sides.
const settled =
  (set: (database: string) => string, reset: (database: string) => string): Inject =>
  async ({ engine }) => {
    // Faults of other lanes may end the session of either query: whatever was set must not stay set.
    const heal = async (): Promise<void> => {
      await until('the setting is reset', RESET_MS, () =>
        engine.query(reset(engine.database)).then(
          () => true,
          () => false
        )
      );
      await engine.query(EVERYBODY_ELSE).catch(() => undefined); // cut off, it has ended all sessions, its own too
    };
    try {
      await engine.query(set(engine.database));
      await engine.query(EVERYBODY_ELSE);
    } catch (error) {
      await heal();
      throw error;
    }
    return heal;
  };

const locked =
  (sql: string): Inject =>
  async ({ engine }) => {
    const session = await engine.session();
    await session.query(`BEGIN; SET LOCAL lock_timeout = '5s'; ${sql}`);
    return () => session.end().catch(() => undefined); // the session may be gone with the server
  };

function family({ engine }: Stand): number[] {
  const pid = engine.postmaster();
  return pid === null ? [] : [pid, ...childrenOf(pid).map(child => child.pid)];
}

const frozen: Inject = stand => {
  const pids = family(stand);
  for (const pid of pids) signal(pid, 'SIGSTOP');
  return Promise.resolve(() => {
    for (const pid of pids) signal(pid, 'SIGCONT');
    return stand.engine.untilUp();
  });
};

// Works a fifth of the time.
const slow: Inject = stand => {
  let over = false;
  const limp = (async () => {
    while (!over) {
      const pids = stand.engine.backends();
      for (const pid of pids) signal(pid, 'SIGSTOP');
      await sleep(200);
      for (const pid of pids) signal(pid, 'SIGCONT');
      await sleep(50);
    }
  })();
  return Promise.resolve(async () => {
    over = true;
    await limp;
  });
};

const full: Inject = ({ disk, engine }) => {
  disk?.fill();
  return Promise.resolve(async () => {
    disk?.empty();
    // Postgres ends itself when it can't write its log of changes: it may be down now, and come back.
    if (engine.postmaster() === null) await engine.revive();
    await engine.untilUp();
  });
};

/** What can happen to the database itself. */
export const DATABASE_FAULTS: readonly Fault[] = [
  fault('postmaster killed', signalled('SIGKILL')),
  fault('backend killed', backendKilled),
  fault('database restarted', signalled('SIGINT')),
  fault('database ended at once', signalled('SIGQUIT')),
  fault('database frozen', frozen, [2_000, 6_000]),
  fault('database slow', slow, [2_000, 6_000]),
  fault('sessions ended', async ({ engine }) => {
    await engine.query(EVERYBODY_ELSE);
    return () => Promise.resolve();
  }),
  fault(
    'database read-only',
    settled(
      name => `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
      name => `ALTER DATABASE ${name} RESET default_transaction_read_only`
    )
  ),
  fault(
    'statements time out',
    settled(
      name => `ALTER DATABASE ${name} SET statement_timeout = '2ms'`,
      name => `ALTER DATABASE ${name} RESET statement_timeout`
    )
  ),
  fault(
    'connection limit reached',
    settled(
      name => `ALTER DATABASE ${name} CONNECTION LIMIT 0`,
      name => `ALTER DATABASE ${name} CONNECTION LIMIT -1`
    )
  ),
  fault(
    'login refused',
    settled(
      () => LOGINS.map(login => `ALTER ROLE ${login} CONNECTION LIMIT 0`).join('; '),
      () => LOGINS.map(login => `ALTER ROLE ${login} CONNECTION LIMIT -1`).join('; ')
    )
  ),
  fault('table locked', locked('LOCK TABLE code_execution_logs IN ACCESS EXCLUSIVE MODE'), [2_000, 8_000]),
  fault('rows locked by an open transaction', locked('SELECT count(*) FROM (SELECT FROM execution_rollups FOR UPDATE) AS r'), [2_000, 8_000]), // prettier-ignore
  { ...fault('disk full', full), unfit: ({ disk }) => (disk ? null : 'it takes root, to mount a small disk') }
];
