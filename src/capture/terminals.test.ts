import { type Statement } from '@celltrail/protocol';
import { Terminals } from './terminals.js';

function create() {
  const statements: Statement[] = [];
  const time = { now: 0 };
  let id = 0;
  const terminals = new Terminals({
    state: statement => void statements.push(statement),
    randomId: () => String(++id),
    clock: () => time.now
  });
  return { statements, terminals, time };
}

test('a terminal is told when it opens and when it closes, with how long it was open', () => {
  const { statements, terminals, time } = create();
  terminals.running([]);
  time.now = 1000;
  terminals.running(['1']);
  terminals.running(['1']);
  time.now = 3500.25;
  terminals.running([]);
  expect(statements).toEqual([
    { id: '1', type: 'terminal.opened', terminal_name: '1' },
    { id: '2', type: 'terminal.closed', terminal_name: '1', duration_ms: 2500.25 }
  ]);
});

test('of one that was there before the page nobody knows how long', () => {
  const { statements, terminals } = create();
  terminals.running(['1', '2']);
  terminals.running(['2']);
  expect(statements).toMatchObject([{}, {}, { type: 'terminal.closed', terminal_name: '1', duration_ms: null }]);
});

test('looking away takes none for closed', () => {
  const { statements, terminals } = create();
  terminals.running(['1']);
  terminals.forget();
  terminals.running([]);
  expect(statements).toHaveLength(1);
});
