import fc from 'fast-check';
import type { Statement } from '@celltrail/protocol';
import { rulesOf } from '../rules.js';
import { Runs } from '../runs.js';
import { see, type JupyterMessage, type Origin } from '../seen.js';

/** The kernel of these tests. */
export const KERNEL = 'k1';
/** The id of a page. */
export const UUID = '00000000-0000-4000-8000-000000000001';
/** When every run was asked for. */
export const REQUESTED = '2026-11-24T10:00:00.000Z';

/** One run as a kernel plays it: the messages, in the kernel's order. */
export interface Play {
  msgId: string;
  outcome: 'ok' | 'error' | 'interrupted' | 'aborted' | 'silent';
  code: string;
  outputs: number;
  base: number;
}

/** Any run with that id. */
export const play = (msgId: string) =>
  fc.record<Play>({
    msgId: fc.constant(msgId),
    outcome: fc.constantFrom('ok', 'error', 'interrupted', 'aborted', 'silent'),
    code: fc.string({ unit: 'binary', maxLength: 30 }),
    outputs: fc.nat(3),
    base: fc.integer({ min: 0, max: 900_000 })
  });

const stamp = (base: number, step: number) => `2026-11-24T10:00:01.${String(base + step * 7).padStart(6, '0')}Z`;

/** A message as it reaches a page, or leaves it. */
export interface Delivered {
  direction: 'send' | 'recv';
  message: JupyterMessage;
}

/** The messages of a run, in the kernel's order, the page's own request first. */
export function messagesOf({ msgId, outcome, code, outputs, base }: Play): Delivered[] {
  let step = 0;
  const parent = { msg_id: msgId, msg_type: 'execute_request', session: 'client', date: REQUESTED };
  const ename = outcome === 'interrupted' ? 'KeyboardInterrupt' : 'ValueError';
  const failure = { ename, evalue: 'no', traceback: ['a', 'b'] };
  const recv = (channel: string, msg_type: string, content: unknown) => ({
    direction: 'recv' as const,
    message: {
      channel,
      header: { msg_id: `${msgId}-${++step}`, msg_type, session: 'process', date: stamp(base, step) },
      parent_header: parent,
      metadata: {},
      content
    }
  });
  const silent = outcome === 'silent';
  const ran = outcome !== 'aborted' && !silent;
  const failed = outcome === 'error' || outcome === 'interrupted';
  const status = failed ? 'error' : outcome === 'aborted' ? 'aborted' : 'ok';
  return [
    {
      direction: 'send',
      message: { channel: 'shell', header: parent, parent_header: {}, metadata: {}, content: { code, silent } }
    },
    recv('iopub', 'status', { execution_state: 'busy' }),
    ...(ran ? [recv('iopub', 'execute_input', { code, execution_count: 1 })] : []),
    ...Array.from({ length: ran ? outputs : 0 }, () => recv('iopub', 'stream', { name: 'stdout', text: 'x' })),
    ...(failed ? [recv('iopub', 'error', failure)] : []),
    recv('shell', 'execute_reply', { status, ...(failed ? failure : {}), execution_count: 1 }),
    recv('iopub', 'status', { execution_state: 'idle' })
  ];
}

/** A page: it takes what it is given, in whatever order, and says what it makes of it. */
export function observer() {
  const statements: Statement[] = [];
  let clock = 0;
  const origin = (): Origin => ({
    kernelId: KERNEL,
    kernelName: 'python3',
    rules: rulesOf('ipython'),
    via: 'A',
    clock,
    wall: () => REQUESTED
  });
  const runs = new Runs({
    state: statement => void statements.push(statement),
    handover: { keep: () => undefined, recall: () => undefined, forget: () => undefined, list: () => [] },
    every: () => () => undefined,
    origin
  });
  return {
    statements,
    runs,
    take: ({ direction, message }: Delivered) => {
      const seen = see(direction, message, origin());
      if (seen) runs.see(seen);
    },
    wait: (ms: number) => {
      clock += ms;
      runs.tick();
    }
  };
}
