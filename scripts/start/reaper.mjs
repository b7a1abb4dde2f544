// Ends what `npm start` started should that itself be killed: then, and only then, its pipe closes without a word.
// It reads one process group a line, and `done` when all were stopped in order.
import { createInterface } from 'node:readline';
import { endTree } from './trees.mjs';

const GRACE_MS = 10_000;
const groups = [];
let stoppedInOrder = false;

// A terminal that closes takes its programs along; this one has work to do just then.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);

createInterface({ input: process.stdin })
  .on('line', line => {
    if (line === 'done') stoppedInOrder = true;
    else groups.push(Number(line));
  })
  .on('close', async () => {
    if (!stoppedInOrder) for (const pid of groups.reverse()) await endTree(pid, GRACE_MS);
    process.exit(0);
  });
