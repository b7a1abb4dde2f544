import { parseArgs } from 'node:util';
import pg from 'pg';
import { describeFailure, Failure } from '../failure.mjs';
import { OWN_CELLS, readNotebooks } from './cells.mjs';
import { makeCompany } from './company.mjs';
import { addRollups, holdsRows, insertRows, makeMonths, settle } from './store.mjs';

const HELP = `npm run seed -- [options]: writes a made-up company's executions into a database, the same for the same seed.

  --users N        people (200)
  --days N         days, the last one being that of --until (90)
  --executions N   about how many in all (users x days x 57, what an analyst's day comes to)
  --seed N         another company (1)
  --until INSTANT  nothing began later (now); named, the rows are the same each time
  --cells FILE     gzipped JSON lines with repo, path and code, instead of the project's own sample
                   (or the environment's SEED_CELLS)
  --database URL   of the owner (AUDIT_DB_CONNECTION, or the private one in AUDIT_DATA_DIR)
  --yes            also where executions are on record already
`;

/** `npm run seed`. @param {string[]} args @param {NodeJS.ProcessEnv} env */
export async function run(args, env) {
  try {
    const options = readOptions(args, env);
    if (options.help) return void process.stdout.write(HELP);
    const made = await seed(options, env);
    process.stdout.write(
      `${made.toLocaleString('en')} executions of ${options.users} people on ${options.days} days\n`
    );
  } catch (error) {
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}

function readOptions(args, env) {
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(['users', 'days', 'executions', 'seed', 'until', 'cells', 'database'].map(name => [name, { type: 'string' }])), // prettier-ignore
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  });
  const whole = (name, fallback) => {
    const number = values[name] === undefined ? fallback : Number(values[name]);
    if (Number.isInteger(number) && number > 0) return number;
    throw new Failure(`--${name} takes a whole number, not ${values[name]}.`, `Write --${name} ${fallback}`);
  };
  const users = whole('users', 200);
  const days = whole('days', 90);
  const until = values.until === undefined ? Date.now() : Date.parse(values.until);
  if (Number.isNaN(until)) throw new Failure(`--until takes an instant, not ${values.until}.`, 'Write --until 2026-11-24T12:00Z'); // prettier-ignore
  return {
    ...values,
    users,
    days,
    until,
    executions: whole('executions', users * days * 57),
    seed: whole('seed', 1),
    cells: values.cells ?? env.SEED_CELLS ?? OWN_CELLS
  };
}

async function seed(options, env) {
  const notebooks = readNotebooks(options.cells);
  const database = await openDatabase(options.database, env);
  const client = new pg.Client({ connectionString: database.owner, options: '-c synchronous_commit=off' });
  try {
    await client.connect();
    if (!options.yes && (await holdsRows(client)))
      throw new Failure('Executions are on record in that database already.', 'Name another one, or add --yes: made-up rows can not be told from true ones afterwards.'); // prettier-ignore
    await makeMonths(client, options.until - options.days * 86_400_000, options.until);
    let made = 0;
    for (const rows of makeCompany({ ...options, notebooks })) {
      await client.query('BEGIN');
      const fresh = await insertRows(client, rows);
      await addRollups(client, fresh);
      await client.query('COMMIT');
      made += fresh.length;
      if (process.stderr.isTTY) process.stderr.write(`\r${made.toLocaleString('en')} executions`);
    }
    if (process.stderr.isTTY) process.stderr.write('\n');
    await settle(client);
    return made;
  } finally {
    await client.end();
    await database.stop();
  }
}

async function openDatabase(connection, env) {
  const lib = path => import(new URL(`../../server/lib/server/${path}`, import.meta.url));
  const built = await lib('store/provide.js').catch(error => {
    throw new Failure(`The server is not built (${error.message}).`, 'Run npm run build first.');
  });
  const { readConfig } = await lib('config.js');
  const { createLog } = await lib('log.js');
  const { migrateToLatest } = await lib('store/migrate.js');
  const { config } = readConfig(connection ? { ...env, AUDIT_DB_CONNECTION: connection } : env);
  const log = createLog('warn');
  const database = await built.visitDatabase(config, log);
  await migrateToLatest(database.owner, log);
  return database;
}
