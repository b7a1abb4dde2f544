import { databases, type FreshDatabase } from './databases.js';
import { runToken } from './tokens.js';

for (const database of databases)
  describe(`celltrail token on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeEach(async () => {
      fresh = await database.fresh();
    });
    afterEach(() => fresh.drop());

    it('shows a new token once, and keeps only what it can be told by', async () => {
      const { code, out } = await runToken(fresh, 'create', 'lab', '--user', 'sara', '--role', 'analyst');
      expect([code, out[0]]).toEqual([0, expect.stringMatching(/^celltrail_[\w-]{43}$/)]);
      expect(out.join('\n')).toContain('The token lab of sara, analyst, until ');
      const [row] = await fresh.query("SELECT encode(hash, 'hex') = encode(sha256($1), 'hex') AS same, created_by FROM access_tokens", [Buffer.from(out[0]!)]); // prettier-ignore
      expect(row).toEqual({ same: true, created_by: 'operator' });
      const listed = await runToken(fresh, 'list');
      expect(listed.out.join('\n')).toMatch(/ lab +\| sara \| analyst \| valid +\|/);
      expect(listed.out.join('\n')).not.toContain(out[0]);
    });

    it('says it as JSON to programs', async () => {
      const made = await runToken(fresh, 'create', 'lab', '--user', 'sara', '--expires', 'never', '--json');
      expect(JSON.parse(made.out[0]!)).toMatchObject({ name: 'lab', username: 'sara', role: null, expires_at: null });
      const [listed] = JSON.parse((await runToken(fresh, 'list', '--json')).out[0]!) as object[];
      expect(listed).toMatchObject({ name: 'lab', created_by: 'operator', revoked_at: null });
      expect(listed).not.toHaveProperty('hash');
      expect(listed).not.toHaveProperty('token');
    });

    it('puts on record who made and who revoked which', async () => {
      await runToken(fresh, 'create', 'lab', '--user', 'sara', '--role', 'auditor');
      expect((await runToken(fresh, 'revoke', 'lab')).code).toBe(0);
      const events = await fresh.query('SELECT type, username, body FROM audit_events ORDER BY stored_at, type');
      const body = expect.objectContaining({ name: 'lab', of: 'sara', role: 'auditor' }) as object;
      expect(events).toEqual([
        { type: 'token.created', username: 'operator', body },
        { type: 'token.revoked', username: 'operator', body }
      ]);
    });

    it('gives a name to one token at a time', async () => {
      await runToken(fresh, 'create', 'lab', '--user', 'sara');
      const second = await runToken(fresh, 'create', 'lab', '--user', 'reza');
      expect([second.code, second.err[0]]).toEqual([1, expect.stringContaining('already')]);
      await runToken(fresh, 'revoke', 'lab');
      expect((await runToken(fresh, 'revoke', 'lab')).code).toBe(1);
      expect((await runToken(fresh, 'create', 'lab', '--user', 'reza')).code).toBe(0);
    });

    it.each([
      ['create', 'lab'],
      ['create', 'lab', '--user', ''],
      ['create', 'lab', '--user', 'a\u001bb'],
      ['create', 'lab', '--user', 'sara', '--role', 'king'],
      ['create', 'lab', '--user', 'sara', '--expires', '2020-01-01'],
      ['revoke', 'none'],
      ['make']
    ])('refuses %s %s %s %s %s %s', async (...argv: string[]) => {
      const { code, err } = await runToken(fresh, ...argv);
      expect([code === 0, err.length > 0]).toEqual([false, true]);
    });
  });
