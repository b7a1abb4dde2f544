import { join } from 'node:path';
import { typescript } from '../../bench/parts/typescript.mjs';
import { Client } from './client.mjs';
import { Pulse } from './pulse.mjs';

const { seeded } = await typescript('../../ui-tests/chaos/dice.ts');
const { debianEngine, embeddedEngine } = await typescript('../../ui-tests/chaos/engine.ts');
const { Recorder } = await typescript('../../ui-tests/chaos/recorder.ts');
const { server } = await typescript('../../ui-tests/chaos/server.ts');
const { freePort } = await typescript('../../ui-tests/parts/ports.ts');

const SERVERS = 2;
const CLIENTS = 6;
const USER = 'kills_user';

/**
 * @typedef {{ engine: import('../../ui-tests/chaos/engine.ts').Engine, servers: (import('./client.mjs').Target & {
 * process: import('../../ui-tests/chaos/server.ts').Server })[], clients: Client[], recorder:
 * import('../../ui-tests/chaos/recorder.ts').Recorder, pulse: Pulse }} Stand
 * Two servers on one database, and clients that send to both.
 */

/**
 * Builds it up. With `embedded` the database is the first server's own, and an outside one to the second.
 * @param {{ postgres: 'embedded' | '15', seed: number }} options
 * @param {string} folder for all files
 * @param {(() => unknown)[]} ends takes what ends each part
 * @returns {Promise<Stand>}
 */
export async function buildStand({ postgres, seed }, folder, ends) {
  const recorder = new Recorder(join(folder, 'truth.jsonl'));
  ends.push(() => recorder.close());
  const dataDir = join(folder, 'first');
  const engine = postgres === 'embedded' ? embeddedEngine(dataDir) : await debianEngine(join(folder, 'postgres-15'));
  ends.push(() => engine.end());
  const servers = [];
  for (let place = 0; place < SERVERS; place++) {
    const isPrivate = postgres === 'embedded' && place === 0;
    const port = await freePort();
    const env = {
      AUDIT_USER: USER,
      AUDIT_DATA_DIR: isPrivate ? dataDir : join(folder, `server-${place + 1}`),
      AUDIT_DB_CONNECTION: isPrivate ? undefined : engine.connection(engine.port())
    };
    const process = server(port, env, join(folder, `server-${place + 1}.log`));
    ends.push(() => process.end('SIGKILL'));
    await process.start();
    servers.push({ port, inFlight: 0, process });
  }
  const pulse = new Pulse();
  const clients = Array.from({ length: CLIENTS }, (_, place) => {
    const onAnswered = (target, sentAt) => pulse.beat(target, sentAt);
    return new Client({ name: `client-${place + 1}`, user: USER, targets: servers, dice: seeded(seed + place + 1), recorder, onAnswered }); // prettier-ignore
  });
  return { engine, servers, clients, recorder, pulse };
}
