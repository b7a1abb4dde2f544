import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';

const EVERY_MS = 50;

/**
 * Waits until a program answers 200 at an address.
 * @param {import('./children.mjs').Child} child
 * @param {string} address
 * @param {number} limitMs
 * @param {string} fix what to do when it does not come up
 * @throws {Failure} with the program's last words when it ends instead, or takes too long
 */
export async function waitUntilUp(child, address, limitMs, fix) {
  const deadline = Date.now() + limitMs;
  let ended;
  void child.ended.then(how => (ended = how));
  while (!(await answers(address))) {
    if (ended) throw new Failure(`${child.name} ${ended}.`, fix, await child.lastWords());
    if (Date.now() > deadline) {
      throw new Failure(`${child.name} did not answer within ${limitMs / 1000} s.`, fix, await child.lastWords());
    }
    await sleep(EVERY_MS);
  }
}

/** Nothing that keeps a connection open: what was started must be able to stop at once. */
async function answers(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(2000), headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // refused, reset or late: not up yet
  }
}
