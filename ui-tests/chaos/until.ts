import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so.
 * @param what for the message
 * @throws Error when `ms` pass and it is not
 */
export async function until(what: string, ms: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`after ${ms} ms still not: ${what}`);
    await sleep(100);
  }
}
