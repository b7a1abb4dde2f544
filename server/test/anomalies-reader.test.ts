import { Worker } from 'node:worker_threads';
import { createReader } from '../anomalies/names/reader.js';
import { unread } from '../anomalies/names/reading.js';
import { createLog } from '../log.js';
import { databases } from './databases.js';
import { HOSTILE_CODE } from './hostile-code.js';
import { send } from './request.js';
import { startTestServer } from './running-server.js';

const log = createLog('silent');

describe('a reader of codes', () => {
  it('reads in a thread of its own, so that requests are answered before a hostile code is read', async () => {
    const fresh = await databases[0]!.fresh();
    const server = await startTestServer(fresh, { alerts: null });
    const reader = createReader(log, { limitMs: 600_000 });
    await reader.read('a()'); // The thread is there.
    let read = false;
    const reading = reader.read(HOSTILE_CODE).finally(() => (read = true));
    for (let i = 0; i < 3; i++) expect((await send(server.port, '/api/stats')).status).toBe(200);
    expect(read).toBe(false);
    await Promise.all([expect(reading).rejects.toThrow('closed'), reader.close(), server.stop()]);
    await fresh.drop();
  });

  it('gives a hostile code up, says so, and goes on with the next one', async () => {
    const reader = createReader(log, { limitMs: 2_000, start: pretender });
    const read = ['forever', 'a', 'b'].map(code => reader.read(code));
    expect(await Promise.all(read)).toEqual([unread('too_slow'), told('a', 2), told('b', 2)]);
    await reader.close();
  });

  it('has a new thread where one dies of a code', async () => {
    const reader = createReader(log, { start: pretender });
    const read = ['a', 'exit', 'b', 'throw', 'c'].map(code => reader.read(code));
    expect(await Promise.all(read)).toEqual([
      told('a', 1),
      unread('failed'),
      told('b', 2),
      unread('failed'),
      told('c', 3)
    ]);
    await reader.close();
  });

  it('has a new thread where one died while it had nothing to do', async () => {
    const reader = createReader(log, { start: pretender });
    expect(await reader.read('a')).toEqual(told('a', 1));
    const died = new Promise(resolve => last!.once('exit', resolve));
    last!.postMessage('exit');
    await died;
    expect(await reader.read('b')).toEqual(told('b', 2));
    await reader.close();
  });

  it('fails where no thread starts, and tries again with the next code', async () => {
    const starts = [() => new Worker('process.exit(7)', { eval: true }), pretender];
    const reader = createReader(log, { start: () => starts.shift()!() });
    await expect(reader.read('a')).rejects.toThrow('ended with 7 before it began');
    expect(await reader.read('a')).toEqual(told('a', 1));
    await reader.close();
  });

  it('ends its thread when it is closed, also in the middle of a code', async () => {
    const reader = createReader(log, { start: pretender });
    await reader.read('a');
    const reading = reader.read('forever');
    await new Promise(setImmediate); // The thread has it now.
    const died = new Promise(resolve => last!.once('exit', resolve));
    await Promise.all([expect(reading).rejects.toThrow('closed'), reader.close(), died]);
    await expect(reader.read('a')).rejects.toThrow('closed');
  });
});

const told = (code: string, thread: number) => ({ code, thread });
let threads = 0;
let last: Worker | undefined;
beforeEach(() => void (threads = 0));

/** A thread that does what a code says instead of reading it. */
function pretender(): Worker {
  last = new Worker(
    `const { parentPort } = require('node:worker_threads');
     parentPort.on('message', code => {
       if (code === 'forever') for (;;);
       if (code === 'exit') process.exit(1);
       if (code === 'throw') throw new Error('a fault');
       parentPort.postMessage({ code, thread: ${++threads} });
     });
     parentPort.postMessage(null);`,
    { eval: true }
  );
  return last;
}
