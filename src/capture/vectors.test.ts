import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditEvent } from '@celltrail/protocol/schemas';
import type { Statement } from '@celltrail/protocol';
import { Kernels } from './kernels.js';
import { Runs } from './runs.js';
import { see, type JupyterMessage } from './seen.js';
import { signOf } from './signs.js';

// Recorded by protocol/vectors/record.py from real kernels; the Python observer reads the same files.
const FOLDER = join(__dirname, '../../protocol/vectors/messages');

interface Vector {
  says: string;
  kernel: { id: string; name: string; implementation: string };
  observations: (({ direction: 'send' | 'recv' } & JupyterMessage) | { edge: 'restarting' })[];
  expected: Statement[];
}

/** What a page says that sees these messages by one connection, and then nothing for a minute. */
function replay({ kernel, observations }: Vector): Statement[] {
  const statements: Statement[] = [];
  let random = 0;
  let clock = 0;
  const randomId = () => `00000000-0000-4000-8000-${String(++random).padStart(12, '0')}`;
  const state = (statement: Statement) => void statements.push(statement);
  const link = {};
  const handover = { keep: () => undefined, recall: () => undefined, forget: () => undefined, list: () => [] };
  const runs: Runs = new Runs({
    state,
    handover,
    every: () => () => undefined,
    origin: id => kernels.origin(id)
  });
  const kernels: Kernels = new Kernels({
    runs,
    state,
    randomId,
    clock: () => clock,
    date: () => '2026-11-24T23:00:00.000Z',
    later: () => undefined,
    isRunning: () => Promise.resolve(true),
    pathOf: () => null,
    counts: { keep: () => undefined, recall: () => undefined }
  });
  const first = observations.find(seen => 'direction' in seen && seen.direction === 'recv') as JupyterMessage;
  kernels.join(kernel.id, kernel.name, link, true, false);
  kernels.sign(kernel.id, link, { kind: 'info', implementation: kernel.implementation, process: first.header.session });
  for (const seen of observations) {
    clock += 1;
    if ('edge' in seen) {
      kernels.status(kernel.id, seen.edge);
      continue;
    }
    const sign = seen.direction === 'recv' ? signOf(seen) : null;
    if (sign) kernels.sign(kernel.id, link, sign);
    const read = see(seen.direction, seen, kernels.origin(kernel.id, 'page'));
    if (read?.kind === 'request' && read.cellId) {
      read.context = { client: 'notebook', cellId: read.cellId, notebookPath: null };
    }
    if (read) runs.see(read);
  }
  clock += 60_000;
  runs.tick();
  return statements;
}

const names = readdirSync(FOLDER).filter(name => name.endsWith('.json'));

describe('the recorded messages of real kernels', () => {
  test.each(names)('mean what the vector says: %s', name => {
    const path = join(FOLDER, name);
    const vector = JSON.parse(readFileSync(path, 'utf8')) as Vector;
    const stated = JSON.parse(JSON.stringify(replay(vector))) as Statement[];

    expect(stated).toEqual(vector.expected);
    for (const [index, statement] of stated.entries()) {
      const stamp = { observed_at: '2026-11-24T23:00:00.000Z', page_id: statement.id, page_seq: index + 1 };
      expect(auditEvent.safeParse({ ...statement, ...stamp }).error).toBeUndefined();
    }
  });
});
