import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';
import { dataFolder } from '../places.mjs';
import { isFree } from '../ports.mjs';

const PORTAL_PORT = 8001;

/**
 * What `npm start` needs to know before it builds. The server checks the rest of the environment itself.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ port: number, user: string, data: string }}
 * @throws {Failure}
 */
export function readSettings(env) {
  return { port: portNumber(env.AUDIT_PORT), user: env.AUDIT_USER?.trim() || systemUser(), data: dataFolder(env) };
}

/**
 * Sees that the portal's port is free, before minutes are spent on building.
 * @param {number} port
 * @param {number} patienceMs how long what listens there may still take to go away
 * @throws {Failure}
 */
export async function ensurePortFree(port, patienceMs = 0) {
  const deadline = Date.now() + patienceMs;
  do {
    if (await isFree(port)) return;
    await sleep(Math.min(200, patienceMs));
  } while (Date.now() < deadline);
  throw new Failure(
    `Port ${port}, the portal's, is in use${(await isCelltrail(port)) ? ': Celltrail runs there already' : ''}.`,
    `Stop what listens there, or choose another port: AUDIT_PORT=${port + 1} npm start`
  );
}

async function isCelltrail(port) {
  try {
    const answer = await fetch(`http://localhost:${port}/api/me`, { signal: AbortSignal.timeout(1000) });
    return answer.ok && 'server_version' in (await answer.json());
  } catch {
    return false; // whatever it is, it is not ours
  }
}

function portNumber(text = '') {
  if (!text.trim()) return PORTAL_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new Failure(`AUDIT_PORT is ${text}, which is no port.`, 'Set it to a number from 1 to 65535, or leave it out.');
}

function systemUser() {
  try {
    return userInfo().username;
  } catch (error) {
    throw new Failure(`The user of this process has no name (${error.message}).`, 'Set AUDIT_USER to a name.');
  }
}
