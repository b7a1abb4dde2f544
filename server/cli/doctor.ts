import { Command } from 'commander';
import { type Check } from '@celltrail/protocol';
import { type Config, readConfig } from '../config.js';
import { createLog, type Log } from '../log.js';
import { fixInEnglish, toCheck } from '../operations/check.js';
import { runChecks } from '../operations/checks.js';
import { databaseFacts } from '../store/database-facts.js';
import { openStore, type Store } from '../store/open.js';
import { SERVER_VERSION } from '../version.js';
import { isUnreachable } from '../store/unreachable.js';
import { NotWell } from './outcome.js';
import { type Surroundings } from './surroundings.js';

/** How long the server has to answer, in ms. */
const PATIENCE_MS = 10_000;

/** `celltrail doctor`: why it does not work, item by item, and what to do. */
export function doctorCommand({ env, out, err }: Surroundings): Command {
  return new Command('doctor')
    .description('look for what is wrong: server, database, extension, unsent events; and say what to do')
    .option('--json', 'print the items as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { config, warnings } = readConfig(env);
      for (const warning of warnings) err(`celltrail: ${warning}`);
      const checks = (await askServer(config)) ?? (await lookMyself(config));
      if (json) out(JSON.stringify(checks));
      else for (const line of checks.flatMap(checkLines)) out(line);
      if (checks.some(({ ok }) => ok === false)) throw new NotWell();
    });
}

/** An item as a terminal shows it: its mark and sentence, and under what is wrong what to do. */
export function checkLines({ id, ok, detail, fix }: Check): string[] {
  const mark = ok === null ? '–' : ok ? '✔' : '✖';
  const line = `${mark} ${id.replaceAll('_', ' ').padEnd(10)}  ${detail}`;
  return ok === false && fix ? [line, `  ${''.padEnd(10)}  Fix: ${fixInEnglish(fix)}`] : [line];
}

/** The list as the running server has it; undefined when nothing of ours answers. */
async function askServer({ hosts, port, token }: Config): Promise<Check[] | undefined> {
  for (const host of hosts) {
    const checks = await askAt(`${urlOf(host, port)}/api/checks`, token);
    if (checks) return checks;
  }
  return undefined;
}

async function askAt(url: string, token: string | null): Promise<Check[] | undefined> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    // It lives and does not know us: what it would say of itself is for whoever shows a token.
    if (response.status === 401)
      return [toCheck('server', { ok: true, figures: { version: SERVER_VERSION } }), unknown()];
    return response.ok ? ((await response.json()) as Check[]) : undefined;
  } catch {
    // Refused, silent or no JSON: for the doctor it is all the same, nobody of ours is there.
    return undefined;
  }
}

function unknown(): Check {
  return toCheck('identity', { ok: false, fix: 'show_token' });
}

async function lookMyself(config: Config): Promise<Check[]> {
  const url = urlOf(config.hosts[0] ?? '127.0.0.1', config.port);
  const server = toCheck('server', { ok: false, figures: { url }, fix: 'start_server' });
  // The private database runs with the server only.
  if (config.dbConnection === null) return [server, toCheck('database', { ok: null })];
  const log = createLog('silent');
  const store = await openForLooking(config.dbConnection, log);
  try {
    const actor = { username: config.user, role: 'admin' } as const;
    const checks = await runChecks({ db: store.db, actor, auth: config.auth }, log);
    return [server, ...checks.filter(({ id }) => id !== 'server')];
  } finally {
    await store.close();
  }
}

/** A store that acts as the server does; as the login itself where the server's role is not there yet. */
async function openForLooking(connection: string, log: Log): Promise<Store> {
  const store = await openStore(connection, { role: 'celltrail_ingest', log, connections: 2 });
  try {
    await databaseFacts(store.db);
    return store;
  } catch (error) {
    if (isUnreachable(error)) return store; // the list says so
    await store.close();
    return openStore(connection, { role: null, log, connections: 2 });
  }
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
