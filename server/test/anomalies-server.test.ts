import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Anomalies } from '@celltrail/protocol';
import { databases, type FreshDatabase } from './databases.js';
import { HOSTILE_CODE } from './hostile-code.js';
import { send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { storeRuns } from './stored-runs.js';

for (const database of databases)
  describe(`a server that looks for anomalies on ${database.name}`, () => {
    let fresh: FreshDatabase;
    const folder = mkdtempSync(join(tmpdir(), 'celltrail-alerts-'));
    const policyFile = join(folder, 'policy.yml');
    beforeAll(async () => {
      fresh = await database.fresh();
      writeFileSync(policyFile, 'rules:\n  - name: cards\n    tables: [cards]\n');
      await storeRuns(fresh, [{ code: 'db.query("SELECT pan FROM cards")' }, { code: 'print("FROM cards")' }]);
    });
    afterAll(async () => {
      await fresh.drop();
      rmSync(folder, { recursive: true });
    });

    const alertsOf = async ({ port }: TestServer) => (await send(port, '/api/anomalies?state=all')).json<Anomalies>();
    const followed = async () => {
      const [row] = await fresh.query<{ at: string }>(
        "SELECT changed_at::text AS at FROM follow_cursors WHERE name = 'anomalies' AND changed_at > '-infinity'"
      );
      return row !== undefined;
    };

    it('raises one alert, with two of it on one database, and after a restart', async () => {
      const both = await Promise.all([startTestServer(fresh, { policyFile }), startTestServer(fresh, { policyFile })]);
      while (!(await followed())) await new Promise(resolve => setTimeout(resolve, 20));
      const first = await alertsOf(both[0]);
      expect(first.items).toMatchObject([{ kind: 'policy_access', username: 'sara', names: ['cards'], evidence_count: 1 }]); // prettier-ignore
      expect((await alertsOf(both[1])).items).toEqual(first.items);
      await Promise.all(both.map(server => server.stop()));
      await fresh.query('DELETE FROM follow_cursors');
      const again = await startTestServer(fresh, { policyFile });
      while (!(await followed())) await new Promise(resolve => setTimeout(resolve, 20));
      expect((await alertsOf(again)).items).toEqual(first.items);
      await again.stop();
    });

    it('tells of code that is too long to be read whole, with what is read of it', async () => {
      await fresh.query('DELETE FROM follow_cursors');
      const [id] = await storeRuns(fresh, [{ username: 'reza', code: `db.query("SELECT pan FROM cards")${' '.repeat(100_000)}` }]); // prettier-ignore
      const server = await startTestServer(fresh, { policyFile });
      while (!(await followed())) await new Promise(resolve => setTimeout(resolve, 20));
      const { items } = await alertsOf(server);
      await server.stop();
      expect(items.filter(({ username }) => username === 'reza').map(({ kind, names, evidence }) => [kind, names, evidence]).sort()).toEqual([
        ['policy_access', ['cards'], [id]],
        ['unread_code', ['too_long'], [id]]
      ]); // prettier-ignore
    });

    it('stops in the middle of a hostile code, and leaves it to who comes next', async () => {
      await fresh.query('DELETE FROM follow_cursors');
      await storeRuns(
        fresh,
        Array.from({ length: 9 }, () => ({ username: 'omid', code: HOSTILE_CODE }))
      );
      const server = await startTestServer(fresh, { policyFile });
      const reading = () =>
        fresh.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%left(code%'"); // prettier-ignore
      while (!(await reading()).length) await new Promise(resolve => setTimeout(resolve, 20));
      await server.stop();
      expect(await followed()).toBe(false);
      expect(server.logged.filter(line => line.includes('anomalies'))).toEqual([]);
      await fresh.query("DELETE FROM code_execution_logs WHERE username = 'omid'");
    });

    it('looks for nothing where it is told so', async () => {
      await fresh.query('DELETE FROM follow_cursors; DELETE FROM anomalies');
      const server = await startTestServer(fresh, { policyFile, alerts: null });
      expect((await alertsOf(server)).items).toEqual([]);
      await server.stop();
      expect(await followed()).toBe(false);
    });

    it('does not start with a policy that says nothing sensible', async () => {
      writeFileSync(policyFile, 'rules:\n  - name: cards\n    tabels: [cards]\n');
      await expect(startTestServer(fresh, { policyFile })).rejects.toMatchObject({
        faults: [
          {
            name: 'AUDIT_POLICY_FILE',
            fix: expect.stringMatching(/policy\.yml, line 3: rules\[0\]\.tabels: /) as string
          }
        ]
      });
    });
  });
