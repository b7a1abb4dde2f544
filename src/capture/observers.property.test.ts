import fc, { type GeneratorValue } from 'fast-check';
import { executionId, isOpen, type ExecutionStatus } from '@celltrail/protocol';
import { cleanEvent } from '../../server/ingest/clean.js';
import { settle, type Version } from '../../server/ingest/settle.js';
import { REPLY_AWAITED_MS } from './fold.js';
import { KERNEL, messagesOf, observer, play, REQUESTED, type Delivered, type Play } from './test/plays.js';

// More by hand: CELLTRAIL_PROPERTY_RUNS=10000 npx jest observers.property --selectProjects browser
const RUNS = Number(process.env['CELLTRAIL_PROPERTY_RUNS'] ?? 500);
const TIMEOUT_MS = 20 * 60_000;
const NOW = Date.parse('2026-11-24T10:05:00Z');

/** Two tabs of one person and a tab of another; each run is sent by one of them, or by a client that is none. */
const PAGES = [
  { name: 'A', username: 'sara', pageId: '00000000-0000-4000-8000-00000000000a' },
  { name: 'B', username: 'sara', pageId: '00000000-0000-4000-8000-00000000000b' },
  { name: 'C', username: 'reza', pageId: '00000000-0000-4000-8000-00000000000c' }
] as const;
type PageOf = (typeof PAGES)[number];

/** What the kernel did: its messages in its own order, and after how many of them it was restarted. */
interface Day {
  runs: (Play & { sender: string })[];
  messages: Delivered[];
  restartAt: number;
}

/** What the server's limit on output takes away. https://jupyter-server.readthedocs.io (iopub_data_rate_limit) */
const LIMITED = ['stream', 'display_data', 'execute_result', 'error'];

/** Runs side by side, as in subshells: the order within a run is the kernel's, between runs it is anybody's. */
function dayOf(g: GeneratorValue): Day {
  const names = [...PAGES.map(({ name }) => name), 'a client that is no page'];
  const runs = ['m1', 'm2', 'm3'].map(id => ({
    ...g(play, id),
    code: `x = ${id}`,
    sender: g(fc.constantFrom, ...names) as string
  }));
  const left = runs.map(run => messagesOf(run));
  const messages: Delivered[] = [];
  for (let open = left; open.length; open = open.filter(list => list.length)) {
    // By number: the generator keeps what it is given, and these lists shrink.
    messages.push(open[g(fc.nat, open.length - 1)]!.shift()!);
  }
  return { runs, messages, restartAt: g(fc.boolean) ? g(fc.nat, messages.length) : Infinity };
}

/**
 * What one page sees of it: answers to its own requests only, late by any number of messages; what the server's limit
 * leaves; nothing while its connection is away; anything twice.
 */
function watch(g: GeneratorValue, day: Day, { name, username, pageId }: PageOf): Version[] {
  const page = observer();
  const senders = new Map(day.runs.map(run => [run.msgId, run.sender]));
  const [awayFrom, awayTo] = g(fc.boolean) ? [g(fc.nat, 20), g(fc.nat, 30)] : [Infinity, 0];
  const missed = new Set<string>();
  let late: Delivered[] = [];
  const bring = () => {
    late.forEach(page.take);
    late = [];
  };
  day.messages.forEach((delivered, at) => {
    if (at === awayTo && awayFrom < awayTo) page.runs.lose(KERNEL, 'connection_lost');
    const isAway = at >= awayFrom && at < awayTo;
    if (at === day.restartAt) {
      bring();
      if (isAway) page.runs.lose(KERNEL, 'connection_lost');
      else page.runs.over(KERNEL, 'kernel_restarted', 'requested', 'process');
    }
    const { channel, header, parent_header } = delivered.message;
    const isRequest = delivered.direction === 'send';
    const msgId = isRequest ? header.msg_id : parent_header!.msg_id!;
    const isMine = senders.get(msgId) === name;
    const isUnheard = at >= day.restartAt || (channel === 'shell' && !isMine) || (isAway && !isRequest);
    if (isUnheard || (LIMITED.includes(header.msg_type) && (isMine || header.msg_type !== 'error') && g(fc.boolean))) {
      missed.add(`${msgId} ${header.msg_type}`);
      return;
    }
    // A failure shows in two messages: docs/coverage.md names what it means when both are missed and the idle is not.
    const isBlind = missed.has(`${msgId} error`) && missed.has(`${msgId} execute_reply`);
    if (isBlind && header.msg_type === 'status') return;
    if (header.msg_type === 'execute_reply' && g(fc.boolean)) late.push(delivered);
    else page.take(delivered);
    if (g(fc.nat, 9) === 0) page.take(delivered);
    if (g(fc.nat, 9) === 0) bring();
    // A reply that is on its way comes before the page has given it up: fold.ts says how long that is.
    if (g(fc.nat, 9) === 0) page.wait(g(fc.nat, late.length ? REPLY_AWAITED_MS / 40 : 4000));
  });
  bring();
  page.wait(60_000);
  page.runs.lose(KERNEL, 'page_closed');
  return page.statements.flatMap((statement, index) => {
    const stamped = { ...statement, observed_at: REQUESTED, page_id: pageId, page_seq: index + 1 };
    const cleaned = cleanEvent(stamped, 0, NOW);
    if (cleaned.kind === 'refused') throw new Error(JSON.stringify(cleaned));
    return cleaned.kind === 'execution' ? [{ ...cleaned.execution, username }] : [];
  });
}

/** All accounts of a run in any order, some of them twice. */
function delivered(g: GeneratorValue, accounts: Version[]): Version[] {
  const order = g(fc.shuffledSubarray, accounts, { minLength: accounts.length });
  return [...order, ...g(fc.subarray, accounts)];
}

const STATUSES: Record<Play['outcome'], ExecutionStatus> = {
  ok: 'success',
  silent: 'success',
  error: 'error',
  interrupted: 'interrupted',
  aborted: 'aborted'
};

/**
 * How a run ended in truth. Where a restart cuts its idle off from its reply there are two: the reply, which only its
 * sender gets, says how it ended, and all that others are told of is the restart.
 */
function truths(day: Day, run: Play): ExecutionStatus[] {
  const own = day.messages.map(({ message }) => (message.parent_header?.msg_id === run.msgId ? message : null));
  const replyAt = own.findIndex(message => message?.header.msg_type === 'execute_reply');
  const idleAt = own.findLastIndex(message => message !== null);
  if (idleAt < day.restartAt) return [STATUSES[run.outcome]];
  return replyAt < day.restartAt ? [STATUSES[run.outcome], 'kernel_restarted'] : ['kernel_restarted'];
}

/**
 * What of a row must not hang on who spoke first. Whose it is, is told by the page that sent it: of what no page sent,
 * or none could tell of, it stands under the name of the first who saw it.
 */
function facts(row: Version | null) {
  if (!row) return null;
  const { id, code, status, cell_number, error_message, client } = row;
  const username = client === 'foreign' ? null : row.username;
  return { id, username, code, status, cell_number, error_message, client };
}

const isClosed = ({ status }: Version) => !isOpen(status);

/** Whether a page saw a run's beginning and its end. Who missed the beginning dates the run by its request. */
const isWhole = (told: Version) => isClosed(told) && (told.queued_ms !== null || told.status === 'aborted');

/** How far two rows' times are apart, ms: who missed `busy` goes by the next message, a moment later. */
function apart(one: Version | null, other: Version | null): number {
  const began = (row: Version | null) => Date.parse(row?.timestamp ?? REQUESTED);
  const took = (row: Version | null) => row?.execution_time_ms ?? 0;
  return Math.max(Math.abs(began(one) - began(other)), Math.abs(took(one) - took(other)));
}

test(
  'three pages that each miss something else make one true row of a run, whoever is heard first',
  () => {
    fc.assert(
      fc.property(fc.gen(), g => {
        const day = dayOf(g);
        const accounts = PAGES.flatMap(page => watch(g, day, page));
        const known = new Map(day.runs.map(run => [executionId(REQUESTED, KERNEL, run.msgId), run]));
        for (const { id } of accounts) expect([...known.keys()]).toContain(id);
        for (const [id, run] of known) {
          const told = accounts.filter(account => account.id === id);
          const [one, other] = [settle(null, delivered(g, told)), settle(null, delivered(g, told))];
          expect(facts(one.row)).toEqual(facts(other.row));
          expect(apart(one.row, other.row)).toBeLessThanOrEqual(1);
          const ends = truths(day, run);
          if (ends.length === 1) {
            const { verdicts, overruled } = settle(null, delivered(g, told.filter(isWhole)));
            expect(verdicts).not.toContain('contradiction');
            expect(overruled).toEqual([]);
          }
          if (!one.row) continue;
          expect(one.row.code).toBe(run.code);
          if (isClosed(one.row)) expect(ends).toContain(one.row.status);
        }
      }),
      { numRuns: RUNS }
    );
  },
  TIMEOUT_MS
);
