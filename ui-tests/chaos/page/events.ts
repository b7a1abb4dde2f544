import { executionId, type Statement } from '@celltrail/protocol';
import { type Dice } from '../dice.js';
import { type Captured } from '../note.js';

/** Something that happened, as one or two statements in the order they are made. */
export interface Made {
  statement: Statement;
  kind: Captured['kind'];
}

const CODES = [
  'df.groupby("branch").amount.sum()',
  'x = 10 + 20\nprint(f"Result: {x}")',
  'print("سلام شاپرک")  # نمونه‌ای از متن فارسی در کد',
  '1 / 0  # This will raise ZeroDivisionError'
];

/** Makes what a page captures. @param randomId makes a UUID */
export function makeEvents(dice: Dice, randomId: () => string, now: () => number): Made[] {
  const chance = dice.next();
  if (chance < 0.12) return [kernelEvent(dice, randomId)];
  if (chance < 0.125) return [poison(dice, randomId, now)];
  const run = execution(dice, randomId, now);
  const finished: Made = { statement: { type: 'execution.finished', ...run }, kind: 'finished' };
  if (chance < 0.8) return [finished];
  const started: Made = {
    statement: { type: 'execution.started', ...run, status: 'running', execution_time_ms: null, error_message: null },
    kind: 'started'
  };
  // Some runs never end before their page does; some ends come before the start.
  if (chance < 0.82) return [started];
  return chance < 0.86 ? [finished, started] : [started, finished];
}

function execution(dice: Dice, randomId: () => string, now: () => number) {
  const [kernel_id, msg_id] = [randomId(), randomId()];
  const at = new Date(now()).toISOString();
  const failed = dice.next() < 0.1;
  return {
    id: executionId(at, kernel_id, msg_id),
    kernel_id,
    msg_id,
    requested_at: at,
    timestamp: at,
    code: code(dice, msg_id),
    status: failed ? ('error' as const) : ('success' as const),
    error_message: failed ? 'ZeroDivisionError: division by zero' : null,
    execution_time_ms: dice.whole(1, 5000),
    cell_number: dice.whole(1, 200),
    notebook_path: 'analysis/Untitled.ipynb',
    client: 'notebook' as const
  };
}

// A text of its own for each, so that one that was stored twice under two ids is found.
function code(dice: Dice, token: string): string {
  const text = `# ${token}\n${dice.pick(CODES)}`;
  return dice.next() < 0.01 ? text + '\n# filler'.repeat(dice.whole(100, 1500)) : text;
}

function kernelEvent(dice: Dice, randomId: () => string): Made {
  const type = dice.pick(['kernel.started', 'kernel.restarted', 'kernel.died'] as const);
  return { statement: { type, id: randomId(), kernel_id: randomId(), kernel_name: 'python3' }, kind: 'other' };
}

// Nothing but the server can tell that it is wrong: its neighbours must not suffer.
function poison(dice: Dice, randomId: () => string, now: () => number): Made {
  const run = execution(dice, randomId, now);
  return { statement: { type: 'execution.finished', ...run, execution_time_ms: -1 }, kind: 'poison' };
}
