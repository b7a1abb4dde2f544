import { Command } from 'commander';
import { type Check } from '@celltrail/protocol';
import { doctorCommand } from '../cli/doctor.js';
import { runProgram } from '../cli/outcome.js';
import { databases, type FreshDatabase } from './databases.js';
import { startTestServer } from './running-server.js';

/** Runs `celltrail doctor` as a person would. */
async function doctor(env: Record<string, string>, ...options: string[]) {
  const lines = { out: [] as string[], err: [] as string[] };
  const surroundings = {
    env,
    out: (line: string) => void lines.out.push(line),
    err: (line: string) => void lines.err.push(line)
  };
  const program = new Command('celltrail').exitOverride().addCommand(doctorCommand(surroundings));
  const code = await runProgram(program, ['doctor', ...options], surroundings.err);
  return { code, ...lines };
}

for (const database of databases)
  describe(`celltrail doctor on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeAll(async () => {
      fresh = await database.fresh();
    });
    afterAll(() => fresh.drop());

    it('asks the running server and ends well when nothing is wrong', async () => {
      const server = await startTestServer(fresh);
      const { code, out, err } = await doctor({ AUDIT_PORT: String(server.port) });
      await server.stop();
      expect(err).toEqual([]);
      expect(out[0]).toMatch(/^✔ server +It answers; version/);
      expect(out).toContainEqual(expect.stringMatching(/^✔ identity +You are test_user/));
      expect(out).toContainEqual(expect.stringMatching(/^– extension/));
      expect(code).toBe(0);
    });

    it('prints the same as JSON', async () => {
      const server = await startTestServer(fresh);
      const { code, out } = await doctor({ AUDIT_PORT: String(server.port) }, '--json');
      await server.stop();
      expect(out).toHaveLength(1);
      const checks = JSON.parse(out[0]!) as Check[];
      expect(checks.map(({ id }) => id)).toEqual([
        'server',
        'database',
        'schema',
        'roles',
        'partitions',
        'search',
        'identity',
        'extension',
        'capture',
        'outbox',
        'keeping',
        'sequence',
        'last_event'
      ]);
      expect(code).toBe(0);
    });

    it('says that no server answers, and looks at the database itself', async () => {
      const { code, out } = await doctor({ AUDIT_PORT: '1', AUDIT_DB_CONNECTION: fresh.owner });
      expect(out.slice(0, 3)).toEqual([
        '✖ server      Nothing answers at http://127.0.0.1:1.',
        '              Fix: Start it: celltrail serve.',
        expect.stringMatching(`^✔ database    Postgres .* the database is ${fresh.name}`)
      ]);
      expect(out).toContainEqual(expect.stringMatching(/^✔ roles/));
      expect(code).toBe(1);
    });

    it('finds a database that nobody has prepared', async () => {
      const empty = await database.fresh({ empty: true });
      const { out } = await doctor({ AUDIT_PORT: '1', AUDIT_DB_CONNECTION: empty.owner });
      expect(out).toContainEqual(expect.stringMatching(/^✖ schema/));
      expect(out.join('\n')).toContain('celltrail migrate');
      await empty.drop();
    });
  });

describe('celltrail doctor', () => {
  it('says what to do when neither server nor database answers, and no password', async () => {
    const env = { AUDIT_PORT: '1', AUDIT_DB_CONNECTION: 'postgresql://celltrail:hunter2@127.0.0.1:1/none' };
    const { code, out } = await doctor(env);
    expect(out.filter(line => line.startsWith('✖'))).toHaveLength(2);
    expect(out.join('\n')).toContain('ECONNREFUSED');
    expect(out.join('\n')).not.toContain('hunter2');
    expect(code).toBe(1);
  });

  it('does not start the private database only to look at it', async () => {
    const { code, out } = await doctor({ AUDIT_PORT: '1', AUDIT_DATA_DIR: '/nonexistent' });
    expect(out[2]).toMatch(/^– database/);
    expect(code).toBe(1);
  });

  it('warns of a name that nothing reads, with the nearest one', async () => {
    const { err } = await doctor({ AUDIT_PORT: '1', AUDIT_POTR: '2', AUDIT_DATA_DIR: '/nonexistent' });
    expect(err).toEqual(['celltrail: nothing reads AUDIT_POTR; did you mean AUDIT_PORT?']);
  });

  it('says what is wrong with the configuration', async () => {
    const { code, err } = await doctor({ AUDIT_PORT: 'x', AUDIT_AUTH: 'magic' });
    expect(code).toBe(1);
    expect(err.join('\n')).toMatch(/AUDIT_PORT: .*\n +AUDIT_AUTH: /s);
  });
});
