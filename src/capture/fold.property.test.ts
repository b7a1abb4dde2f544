import fc from 'fast-check';
import { executionId, isOpen, observationId, type Statement } from '@celltrail/protocol';
import { auditEvent } from '@celltrail/protocol/schemas';
import { KERNEL, messagesOf, observer, play, REQUESTED, UUID, type Delivered } from './test/plays.js';

// More by hand: CELLTRAIL_PROPERTY_RUNS=10000 npx jest fold.property --selectProjects browser
const RUNS = Number(process.env['CELLTRAIL_PROPERTY_RUNS'] ?? 500);
const TIMEOUT_MS = 20 * 60_000;

const plays = fc.tuple(play('m1'), play('m2'), play('m3'));

/** All of these messages, some of them twice, in any order but for the request, which its page sends first. */
const allOf = (messages: Delivered[]) =>
  fc
    .tuple(fc.shuffledSubarray(messages, { minLength: messages.length }), fc.subarray(messages))
    .map(([all, again]) => [...all, ...again])
    .map(order => [...order.filter(m => m.direction === 'send'), ...order.filter(m => m.direction === 'recv')]);

const withoutFootprint = (statements: Statement[]) =>
  statements
    .map(statement => ({ ...statement, output_types: null, output_bytes: null }))
    .sort((a, b) => a.id.localeCompare(b.id));

const closedById = (statements: Statement[]) => {
  const closed = new Map<string, Statement[]>();
  for (const statement of statements) {
    if (statement.type !== 'execution.finished' || isOpen(statement.status)) continue;
    closed.set(statement.id, [...(closed.get(statement.id) ?? []), statement]);
  }
  return closed;
};

describe('whatever order messages come in', () => {
  test(
    'two observers who saw all of them say the same, once for each run',
    () => {
      const property = plays.chain(three => {
        const messages = three.flatMap(messagesOf);
        return fc.tuple(fc.constant(three), allOf(messages), allOf(messages));
      });
      fc.assert(
        fc.property(property, ([three, one, other]) => {
          const [a, b] = [observer(), observer()];
          one.forEach(a.take);
          other.forEach(b.take);
          [a, b].forEach(({ wait }) => wait(60_000));
          expect(withoutFootprint(a.statements)).toEqual(withoutFootprint(b.statements));
          expect(a.statements.map(({ id }) => id).sort()).toEqual(
            three.map(({ msgId }) => executionId(REQUESTED, KERNEL, msgId)).sort()
          );
          expect(a.runs.size).toBe(0);
        }),
        { numRuns: RUNS }
      );
    },
    TIMEOUT_MS
  );

  test(
    'what is lost, repeated or late makes no exception, no second end and no other identity',
    () => {
      const step = (messages: Delivered[]) =>
        fc.oneof(
          {
            weight: 8,
            arbitrary: fc.constantFrom(...messages).map(message => ({ kind: 'message' as const, message }))
          },
          { weight: 1, arbitrary: fc.nat(20_000).map(ms => ({ kind: 'wait' as const, ms })) },
          { weight: 1, arbitrary: fc.constantFrom('doom', 'over', 'lose').map(kind => ({ kind })) }
        );
      const property = plays.chain(three => {
        const messages = three.flatMap(messagesOf);
        return fc.tuple(fc.constant(three), fc.array(step(messages), { maxLength: 60 }));
      });
      fc.assert(
        fc.property(property, ([three, steps]) => {
          const page = observer();
          for (const step of steps) {
            if ('message' in step) page.take(step.message);
            else if ('ms' in step) page.wait(step.ms);
            else if (step.kind === 'doom') page.runs.doom(KERNEL, 'kernel_restarted', null, 'process');
            else if (step.kind === 'over') page.runs.over(KERNEL, 'kernel_restarted', null, 'process');
            else page.runs.lose(KERNEL, 'connection_lost');
          }
          page.runs.lose(KERNEL, 'page_closed');
          const ids = three.map(({ msgId }) => executionId(REQUESTED, KERNEL, msgId));
          const known = [...ids, ...ids.map(id => observationId('execution.unseen', id))];
          for (const [index, statement] of page.statements.entries()) {
            expect(known).toContain(statement.id);
            const stamped = { ...statement, observed_at: REQUESTED, page_id: UUID, page_seq: index + 1 };
            expect(auditEvent.safeParse(stamped).error).toBeUndefined();
          }
          for (const ends of closedById(page.statements).values()) expect(ends).toHaveLength(1);
        }),
        { numRuns: RUNS * 2 }
      );
    },
    TIMEOUT_MS
  );

  test(
    'an observer of IOPub alone never contradicts the page that sent the run',
    () => {
      const isPublic = ({ message }: Delivered) => message.channel === 'iopub';
      fc.assert(
        fc.property(plays, three => {
          const [page, stranger] = [observer(), observer()];
          const messages = three.flatMap(messagesOf);
          messages.forEach(page.take);
          messages.filter(isPublic).forEach(stranger.take);
          stranger.wait(60_000);
          const ours = closedById(page.statements);
          for (const [id, [theirs]] of closedById(stranger.statements)) {
            const [own] = ours.get(id)!;
            const facts = ({
              code,
              status,
              cell_number,
              error_message,
              timestamp
            }: Extract<Statement, { code: string }>) => ({
              code,
              status,
              cell_number,
              error_message,
              timestamp
            });
            expect(facts(theirs as Extract<Statement, { code: string }>)).toEqual(
              facts(own as Extract<Statement, { code: string }>)
            );
          }
        }),
        { numRuns: RUNS }
      );
    },
    TIMEOUT_MS
  );
});
