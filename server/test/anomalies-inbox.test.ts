import { randomUUID } from 'node:crypto';
import { ROUTES } from '@celltrail/protocol/schemas';
import { createCursors } from '../answers/cursors.js';
import { createInbox, type Inbox } from '../anomalies/inbox.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns } from './stored-runs.js';

const NOW = new Date('2026-11-24T20:00:00Z');
const ALL = { state: 'all', kind: null, limit: 20, cursor: null } as const;

for (const database of databases)
  describe(`the inbox of alerts on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let inbox: Inbox;
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    beforeAll(async () => {
      fresh = await database.fresh();
      const { db } = await fresh.store();
      inbox = createInbox(db, createCursors(db), () => NOW);
      for (const [i, id] of ids.entries())
        await fresh.query(
          `INSERT INTO anomalies VALUES ($1, $2, $3, $4, $4, $4, 3, 'hour', '{"typical": 10, "limit": 20, "days": 30}', '{}', '{}', 1)`,
          [id, i ? 'unusual_hour' : 'first_use', i ? 'sara' : 'reza', `2026-11-2${2 + i}T03:00:00Z`]
        );
    });
    afterAll(() => fresh.drop());

    it('gives alerts newest first, page by page, in the shape that the protocol promises', async () => {
      const first = await inbox.list(null, { ...ALL, limit: 2 }, 'mina');
      expect(ROUTES.getAnomalies.answer.parse(first)).toEqual(first);
      const second = await inbox.list(null, { ...ALL, limit: 2, cursor: first.next }, 'mina');
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...ids].reverse());
      expect(second.next).toBeNull();
      await expect(inbox.list('sara', { ...ALL, cursor: first.next }, 'mina')).rejects.toMatchObject({
        kind: 'cursor-invalid'
      });
      for (const [asker, cursor] of [
        ['reza', first.next!],
        ['mina', `${first.next!.slice(0, 4)}x${first.next!.slice(5)}`],
        ['mina', Buffer.from('["2026-11-23T03:00:00Z","x"]').toString('base64url')]
      ] as const)
        await expect(inbox.list(null, { ...ALL, limit: 2, cursor }, asker)).rejects.toMatchObject({
          kind: 'cursor-invalid',
          details: { field: 'cursor' }
        });
    });

    it('gives a person none of others', async () => {
      const { items, counts } = await inbox.list('reza', ALL, 'mina');
      expect(items.map(({ id }) => id)).toEqual([ids[0]]);
      expect(counts).toEqual({ open: 1, grown: 0, fine: 0, not_fine: 0, needs_look: 0 });
    });

    it('keeps every verdict, takes the last one for good, and can be undone', async () => {
      const said = (verdict: 'fine' | 'not_fine' | null, comment: string | null) =>
        inbox.judge(ids[1]!, { verdict, comment, said_by: 'mina', seen: null });
      expect(await said('not_fine', 'چرا شب؟')).toMatchObject({
        verdict: { verdict: 'not_fine', comment: 'چرا شب؟', by: 'mina' }
      });
      const judged = await said('fine', null);
      expect(ROUTES.postVerdict.answer.parse(judged)).toEqual(judged);
      expect(await inbox.list(null, { ...ALL, state: 'fine' }, 'mina')).toMatchObject({
        items: [{ id: ids[1] }],
        counts: { open: 2, fine: 1 }
      });
      expect((await inbox.review('2026-11-24', 'UTC')).judged).toEqual([]);
      const undone = await said(null, null);
      expect(undone.verdict).toBeNull();
      expect(undone.history.map(({ verdict }) => verdict)).toEqual(['not_fine', 'fine', null]);
      expect((await inbox.list(null, { ...ALL, state: 'open' }, 'mina')).items).toHaveLength(3);
    });

    it('knows no alert that is not there', async () => {
      await expect(
        inbox.judge(randomUUID(), { verdict: 'fine', comment: null, said_by: 'mina', seen: null })
      ).rejects.toMatchObject({
        kind: 'not-found'
      });
    });

    it('makes the report of a day', async () => {
      await storeRuns(fresh, [
        {},
        { status: 'error' },
        { username: 'reza' },
        { timestamp: '2026-11-23T10:00:00Z' },
        { username: 'neda', status: 'unknown' }
      ]);
      for (const [type, body] of [
        ['capture.gap', '{"missing": 4}'],
        ['capture.disabled', '{}'],
        ['execution.unseen', '{}']
      ])
        // prettier-ignore
        await fresh.query(
          "INSERT INTO audit_events (id, type, username, observed_at, body) VALUES (gen_random_uuid(), $1, 'sara', '2026-11-24T10:00:00Z', $2)",
          [type, body]
        );
      const report = await inbox.review('2026-11-24', 'Asia/Tehran');
      expect(ROUTES.getReview.answer.parse(report)).toEqual(report);
      expect(report).toMatchObject({
        begins: '2026-11-23T20:30:00.000Z',
        executions: 4,
        errors: 1,
        people: [
          { username: 'sara', executions: 2, errors: 1, first_at: '2026-11-24T10:00:00.000Z', alerts: 1 },
          { username: 'neda', executions: 1, alerts: 0 },
          { username: 'reza', executions: 1, alerts: 0 }
        ],
        alerts: [{ id: ids[2] }],
        open: 3,
        coverage: { gaps: 1, missing: 4, switched_off: 1, unseen: 1, unknown: 1 }
      });
    });
  });
