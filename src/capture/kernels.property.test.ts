import fc from 'fast-check';
import type { Statement } from '@celltrail/protocol';
import { Kernels } from './kernels.js';
import type { Run } from './run.js';
import type { Runs } from './runs.js';
import type { Sign } from './signs.js';

/** What happens on a page's connection: news of the kernel, or a run's number. */
type Seen = { sign: Sign } | { count: number };

/** One process of a kernel: what it says while it lives, and how its end is told, if at all. */
interface Life {
  words: Seen[];
  end: Sign | null;
}

const process = (index: number) => `p${index}`;

const life = (index: number) =>
  fc
    .record({
      counts: fc.subarray([1, 2, 3, 4, 5, 6]),
      isInfoSeen: fc.boolean(),
      end: fc.constantFrom('autorestarting', 'shutdown', 'silent')
    })
    .map<Life>(({ counts, isInfoSeen, end }) => ({
      words: [
        { sign: { kind: 'starting', process: process(index) } },
        ...(isInfoSeen
          ? [{ sign: { kind: 'info' as const, implementation: 'ipython', process: process(index) } }]
          : []),
        ...counts.map(count => ({ count }))
      ],
      end:
        end === 'silent'
          ? null
          : end === 'shutdown'
            ? { kind: 'shutdown', restart: true, process: process(index) }
            : { kind: 'autorestarting' }
    }));

const lives = fc.tuple(life(1), life(2), life(3)).map(all => all.slice());

/** Each process's words in any order, but for its first, and some of them again after it is gone. */
const orderOf = (all: Life[]) =>
  fc.tuple(
    ...all.map(({ words: [first, ...rest] }) =>
      fc.shuffledSubarray(rest, { minLength: rest.length }).map(r => [first!, ...r])
    ),
    fc.array(fc.nat(2), { maxLength: 4 })
  );

function observe(all: Life[], order: Seen[][], late: number[]): Statement[] {
  const statements: Statement[] = [];
  const nothing = () => undefined;
  const kernels = new Kernels({
    runs: { doom: nothing, over: nothing, lose: nothing, disown: nothing } as unknown as Runs,
    state: statement => void statements.push(statement),
    randomId: () => 'random',
    clock: () => 0,
    date: () => '2026-11-24T10:00:00.000Z',
    later: (_, callback) => callback(),
    isRunning: () => Promise.resolve(true),
    pathOf: () => null,
    counts: { keep: nothing, recall: () => undefined }
  });
  const link = {};
  kernels.join('k1', 'python3', link, true, true);
  order.forEach((words, index) => {
    for (const seen of words) {
      if ('sign' in seen) kernels.sign('k1', link, seen.sign);
      else kernels.count({ kernelId: 'k1', count: seen.count, storeHistory: true } as Run, true);
    }
    const end = all[index]!.end;
    if (end) kernels.sign('k1', link, end);
    for (const past of late) if (past < index) kernels.sign('k1', link, { kind: 'alive', process: process(past + 1) });
  });
  return statements;
}

const isOfKernel = ({ type }: Statement) => type.startsWith('kernel.');
const ids = (statements: Statement[]) => statements.map(({ id }) => id);

test('two observers of one kernel tell of the same starts and ends by the same ids, in whatever order they saw them', () => {
  const property = lives.chain(all => fc.tuple(fc.constant(all), orderOf(all), orderOf(all)));
  fc.assert(
    fc.property(property, ([all, one, other]) => {
      const [a, b] = [one, other].map(order => {
        const late = order.at(-1) as number[];
        return observe(all, order.slice(0, -1) as Seen[][], late).filter(isOfKernel);
      });
      expect(ids(a!)).toEqual(ids(b!));
      expect(new Set(ids(a!)).size).toBe(a!.length);
      const deaths = all.filter(({ end }) => end?.kind === 'autorestarting').length;
      expect(a!.map(({ type }) => type).sort()).toEqual([
        ...Array<string>(deaths).fill('kernel.died'),
        ...Array<string>(2).fill('kernel.restarted'),
        'kernel.started'
      ]);
    }),
    { numRuns: 500 }
  );
});

test('an observer who missed messages says nothing that another would call by another id', () => {
  const property = lives.chain(all =>
    fc.tuple(fc.constant(all), fc.tuple(...all.map(({ words }) => fc.subarray(words)))).map(([whole, parts]) => ({
      whole,
      parts
    }))
  );
  fc.assert(
    fc.property(property, ({ whole, parts }) => {
      const full = observe(
        whole,
        whole.map(({ words }) => words),
        []
      );
      const heard = observe(whole, parts, []);
      // A process that it never heard of can't be told apart from the one before: its death has no word of its own.
      const known = new Set(ids(full.filter(isOfKernel)));
      const isHeard = parts.every(words => words.some(seen => 'sign' in seen));
      if (isHeard) for (const { id } of heard.filter(isOfKernel)) expect(known).toContain(id);
      for (const { id } of heard) expect(id).not.toBe('random');
    }),
    { numRuns: 500 }
  );
});
