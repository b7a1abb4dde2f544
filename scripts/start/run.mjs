import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buildServer, buildWheel, install } from '../build/everything.mjs';
import { describeFailure } from '../failure.mjs';
import { ensureWritable } from '../folders.mjs';
import { dataFolder, LAB_VENV, ROOT, WORKSHOP } from '../places.mjs';
import { nextFreePort } from '../ports.mjs';
import { endPrograms } from '../programs.mjs';
import { step } from '../progress.mjs';
import { findPython } from '../python.mjs';
import { ensureVenv } from '../venv.mjs';
import { Children } from './children.mjs';
import { LAB_REQUIREMENTS, startLab } from './lab.mjs';
import { takeLock } from './lock.mjs';
import { endLeftPostmaster } from './postmaster.mjs';
import { startServer, whereabouts } from './server.mjs';
import { ensurePortFree, readSettings } from './settings.mjs';
import { untilStopped } from './until-stopped.mjs';
import { waitUntilUp } from './wait-until-up.mjs';

const LAB_PORT = 8888;
const LIMIT_MS = 90_000;
const PATIENCE_MS = 12_000;

/**
 * `npm start`: installs, builds and runs everything, until it is stopped or a part of it ends.
 * @param {NodeJS.ProcessEnv} env
 */
export async function run(env) {
  const session = { children: new Children(), server: null, lock: null, isUp: false };
  const wish = untilStopped();
  try {
    const ended = await Promise.race([wish.asked, main(env, session)]);
    if (ended) await reportEnd(ended);
    else if (!session.isUp) process.exitCode = 130;
    console.log(ended ? '\n  Stopping the rest …' : '\n  Stopping …');
  } catch (error) {
    process.exitCode = 1;
    console.error(`\n${describeFailure(error)}\n`);
  }
  endPrograms();
  wish.onImpatience(() => session.children.stop({ graceMs: 0 }));
  await session.children.stop();
  if (session.server && session.server.exitCode() !== 0) await endLeftPostmaster(dataFolder(env));
  await session.lock?.release();
  console.log('  Everything is stopped.');
  process.exit();
}

async function main(env, session) {
  console.log('\n  Celltrail\n');
  const settings = readSettings(env);
  await ensureWritable(WORKSHOP, 'Clone Celltrail into a folder of your own.');
  await ensureWritable(settings.data, 'Set AUDIT_DATA_DIR to a folder of your own.');
  const python = await findPython(env);
  console.log(`  Node ${process.versions.node}, Python ${python.version}`);
  session.lock = await takeLock(settings.data);
  await ensurePortFree(settings.port, session.lock.leftOver ? PATIENCE_MS : 0);
  await install();
  const lab = await launch({ env, python, ...settings }, session);
  session.isUp = true;
  return Promise.race([session.server, lab].map(child => child.ended.then(() => child)));
}

/** The server first: what is wrong with its database should not be told after minutes of other work. */
async function launch({ env, python, port, user, data }, session) {
  const { children } = session;
  const logs = join(data, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const [portal, labPort] = [`http://localhost:${port}`, await nextFreePort(LAB_PORT)];
  const labUrl = `http://localhost:${labPort}/lab`;
  await buildServer();
  const serverLog = join(logs, 'server.log');
  session.server = await step('starting the audit server', async () => {
    const child = startServer(children, { env, data, user, port, labUrl, logFile: serverLog });
    await waitUntilUp(child, `${portal}/readyz`, LIMIT_MS, fixIn(serverLog));
    return child;
  });
  const wheel = await buildWheel(python);
  const contents = { requirements: LAB_REQUIREMENTS, wheel };
  await step("making JupyterLab's environment (pip)", () => ensureVenv(LAB_VENV, python, contents));
  const labLog = join(logs, 'lab.log');
  const lab = await step('starting JupyterLab', async () => {
    const child = await startLab(children, { env, data, user, port: labPort, endpoint: portal, logFile: labLog });
    await waitUntilUp(child, `http://localhost:${labPort}/api`, LIMIT_MS, fixIn(labLog));
    return child;
  });
  announce({ portal: `${portal}/portal`, labUrl, user, psql: (await whereabouts(serverLog)).psql, logs, data });
  return lab;
}

function announce({ portal, labUrl, user, psql, logs, data }) {
  const rows = [
    ['Portal', portal],
    ['JupyterLab', labUrl],
    ['User', user],
    ['Notebooks', shown(join(data, 'notebooks'))],
    ['Logs', shown(logs)],
    ...(psql ? [['SQL', psql]] : []),
    ...(process.platform === 'linux'
      ? []
      : [['Token', `JupyterLab asks once: ${shown(join(data, 'jupyter', 'token'))}`]])
  ];
  console.log(
    `\n${rows.map(([name, value]) => `  ${name.padEnd(11)} ${value}`).join('\n')}\n\n  Ctrl-C stops everything.`
  );
}

/** A part that ends by itself ends the rest: half of it would look like all of it. */
async function reportEnd(child) {
  process.exitCode = 1;
  console.error(`\n${child.name} ${await child.ended}. Its last words (${shown(child.logFile)}):\n`);
  console.error((await child.lastWords()).replace(/^/gm, '    '));
}

const fixIn = logFile => `The whole log: ${shown(logFile)}`;

function shown(path) {
  const short = relative(ROOT, path);
  return short.startsWith('..') ? path : short;
}
