// The herd of bench/herd.mjs: pages whose network comes back, each with its events of the outage.
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Sender } from './sender.mjs';

const { ONLINE_SPREAD_MS } = await import('../../lib/outbox/backoff.js');

const { port, clients, events } = workerData;
const senders = Array.from({ length: clients }, () => new Sender(port));
for (const sender of senders) sender.prepare(events);
parentPort.postMessage('ready');
await new Promise(resolve => parentPort.once('message', resolve));
const began = performance.now();
await Promise.all(
  senders.map(async sender => {
    await sleep(Math.random() * ONLINE_SPREAD_MS);
    await sender.deliver(events);
  })
);
const sum = name => senders.reduce((total, sender) => total + sender.counts[name], 0);
parentPort.postMessage({
  took_ms: performance.now() - began,
  requests: sum('requests'),
  turnedAway: sum('turnedAway'),
  broken: sum('broken')
});
