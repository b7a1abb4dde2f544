import { type ActivityPage, type ExecutionDetail, type ExecutionEvent } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { createAccess, ONE_READING_MS } from '../answers/access.js';
import { createCursors } from '../answers/cursors.js';
import { createExecutionAnswers, type ExecutionAnswers } from '../answers/executions.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { createLog } from '../log.js';
import { databases, type FreshDatabase } from './databases.js';
import { execution } from './sample-events.js';

const SARA = { username: 'sara', role: 'analyst' } as const;
const REZA = { username: 'reza', role: 'analyst' } as const;
const AUDITOR = { username: 'mina', role: 'auditor' } as const;
const TEN = Date.parse('2026-11-24T10:00:00Z');

for (const database of databases)
  describe(`what stands around an execution, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let ingest: Ingest;
    let answers: ExecutionAnswers;
    let now = TEN;
    beforeEach(async () => {
      fresh = await database.fresh();
      const store = await fresh.store();
      now = TEN;
      ingest = createIngest({ store, log: createLog('silent'), now: () => TEN, announce: () => undefined });
      const access = createAccess(store.db, () => new Date(now));
      answers = createExecutionAnswers(store.db, access, createCursors(store.db));
    });
    afterEach(() => fresh.drop());

    /** A run that began so many seconds after ten. */
    const run = (seconds: number, change: Partial<ExecutionEvent> = {}): ExecutionEvent => {
      const at = new Date(TEN + seconds * 1000).toISOString();
      return execution({ requested_at: at, timestamp: at, cell_id: 'cell-1', notebook_path: 'a.ipynb', ...change });
    };
    const give = async (who: { username: string }, ...events: ExecutionEvent[]) => {
      const fates = await ingest.accept(who, { events });
      expect(fates.map(({ outcome }) => outcome)).toEqual(events.map(() => 'stored'));
      return events;
    };
    const readings = () =>
      fresh.query<{ username: string; body: { of: string[]; executions: string[]; where: string } }>(
        "SELECT username, body FROM audit_events WHERE type = 'access.read' ORDER BY stored_at"
      );

    it('is the whole row, the runs before and after, and earlier codes of its cell', async () => {
      const codes = ['x = 1', 'x = 1', 'x = 2', 'x = 3'];
      const runs = await give(SARA, ...codes.map((code, i) => run(i, { code, cell_number: i + 1 })));
      await give(SARA, run(9, { kernel_id: 'another', code: 'elsewhere', cell_id: 'cell-9' }));
      const detail: ExecutionDetail = await answers.detail(SARA, runs[2]!.id);
      expect(ROUTES.getExecution.answer.parse(detail)).toEqual(detail);
      expect(detail.execution).toMatchObject({ username: 'sara', code: 'x = 2', cell_number: 3, kernel_id: 'kernel' });
      expect(detail.before.map(({ id }) => id)).toEqual([runs[1]!.id, runs[0]!.id]);
      expect(detail.after.map(({ id }) => id)).toEqual([runs[3]!.id]);
      // Two runs of one code are one version: the later of them.
      expect(detail.versions.map(({ id, code }) => [id, code])).toEqual([[runs[1]!.id, 'x = 1']]);
      expect(await readings()).toEqual([]);
    });

    it('has no versions where the cell is not known, and no neighbours where there are none', async () => {
      const [alone] = await give(SARA, run(0, { cell_id: null }));
      expect(await answers.detail(SARA, alone!.id)).toMatchObject({ before: [], after: [], versions: [] });
    });

    it("is not found by others, just as what isn't there", async () => {
      const [hers] = await give(SARA, run(0));
      const refused = answers.detail(REZA, hers!.id).catch((error: unknown) => error);
      const missing = answers.detail(REZA, run(5).id).catch((error: unknown) => error);
      expect(await refused).toMatchObject({ kind: 'not-found' });
      expect(await refused).toEqual(await missing);
    });

    it("leaves others' runs in a shared kernel to those who may read them", async () => {
      await give(REZA, run(1, { code: 'secret = 1' }));
      const [, second] = await give(SARA, run(0), run(2));
      expect((await answers.detail(SARA, second!.id)).before.map(({ username }) => username)).toEqual(['sara']);
      const seen = await answers.detail(AUDITOR, second!.id);
      expect(seen.before.map(({ username }) => username)).toEqual(['reza', 'sara']);
    });

    it("goes on record when it is another's, once in a quarter of an hour", async () => {
      const [first, second] = await give(SARA, run(0), run(1, { kernel_id: 'another', cell_id: 'cell-2' }));
      await answers.detail(AUDITOR, first!.id);
      await answers.detail(AUDITOR, first!.id);
      now += ONE_READING_MS - 1;
      await answers.detail(AUDITOR, first!.id);
      expect(await readings()).toMatchObject([
        { username: 'mina', body: { of: ['sara'], executions: [first!.id], where: 'execution' } }
      ]);
      await answers.activity(AUDITOR, { user: 'sara', limit: 10, cursor: null });
      expect((await readings())[1]).toMatchObject({ body: { executions: [second!.id], where: 'activity' } });
      now += 1;
      await answers.detail(AUDITOR, first!.id);
      expect(await readings()).toHaveLength(3);
    });

    it('is not shown when it can not be put on record', async () => {
      const [first] = await give(SARA, run(0));
      await fresh.query('REVOKE INSERT ON audit_events FROM celltrail_ingest');
      await expect(answers.detail(AUDITOR, first!.id)).rejects.toMatchObject({ code: '42501' });
    });

    describe('in a feed', () => {
      const pages = async (who: typeof SARA, limit: number): Promise<string[][]> => {
        const read: string[][] = [];
        let cursor: string | null = null;
        do {
          const page: ActivityPage = await answers.activity(who, { user: null, limit, cursor });
          read.push(page.items.map(({ id }) => id));
          cursor = page.next;
        } while (cursor !== null);
        return read;
      };

      it('comes newest first, page by page, each run once, also those of one microsecond', async () => {
        const runs = await give(SARA, ...Array.from({ length: 25 }, (_, i) => run(Math.floor(i / 4))));
        await give(REZA, run(3));
        const read = await pages(SARA, 4);
        expect(read.map(page => page.length)).toEqual([4, 4, 4, 4, 4, 4, 1]);
        expect(new Set(read.flat())).toEqual(new Set(runs.map(({ id }) => id)));
        expect(read.flat()).toHaveLength(25);
      });

      it('goes on where it was, whatever came meanwhile', async () => {
        const runs = await give(SARA, run(0), run(1), run(2));
        const first = await answers.activity(SARA, { user: null, limit: 2, cursor: null });
        await give(SARA, run(3));
        const second = await answers.activity(SARA, { user: null, limit: 2, cursor: first.next });
        expect(second).toMatchObject({ items: [{ id: runs[0]!.id }], next: null });
      });

      it('refuses a cursor that was altered, or that is somebody else’s', async () => {
        await give(SARA, run(0), run(1));
        const { next } = await answers.activity(SARA, { user: null, limit: 1, cursor: null });
        const wrong = { kind: 'cursor-invalid', details: { field: 'cursor' } };
        for (const [who, cursor] of [
          [SARA, `x${next}`],
          [SARA, `${next!.slice(0, -4)}AAAA`],
          [REZA, next],
          [SARA, 'null']
        ] as const)
          await expect(answers.activity(who, { user: null, limit: 1, cursor })).rejects.toMatchObject(wrong);
      });

      it("is one's own unless one may read all", async () => {
        await give(SARA, run(0));
        const others = answers.activity(REZA, { user: 'sara', limit: 1, cursor: null });
        await expect(others).rejects.toMatchObject({ kind: 'admin-only' });
        expect((await answers.activity(AUDITOR, { user: 'sara', limit: 1, cursor: null })).items).toHaveLength(1);
      });
    });
  });
