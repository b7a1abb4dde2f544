import { databases, type FreshDatabase } from './databases.js';
import { post, send, type Reply } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution } from './sample-events.js';
import { makeToken, runToken } from './tokens.js';

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

for (const database of databases)
  describe(`identity mode token on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    beforeEach(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh, {
        auth: 'token',
        admins: ['mina'],
        auditors: ['omid'],
        allowedOrigins: ['https://audit.example']
      });
    });
    afterEach(async () => {
      await server.stop();
      await fresh.drop();
    });

    const me = async (headers: Record<string, string>) => send(server.port, '/api/me', { headers });
    const cookieOf = (reply: Reply) => reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const signIn = (token: string, headers: Record<string, string> = {}) =>
      post(server.port, '/api/sign-in', { token }, headers);
    const events = (type: string) =>
      fresh.query<{ username: string; body: Record<string, unknown> }>(
        'SELECT username, body FROM audit_events WHERE type = $1 ORDER BY stored_at',
        [type]
      );

    it('takes the bearer of a token for its person, and stores for that person', async () => {
      const token = await makeToken(fresh, 'سارا', null);
      const known = await me(bearer(token));
      expect(known.json()).toMatchObject({ username: 'سارا', role: 'analyst', auth: 'token' });
      const stored = await post(server.port, '/api/events', batch(execution()), bearer(token));
      expect(stored.json()).toEqual({ answers: [{ outcome: 'stored' }] });
      expect(await fresh.query('SELECT username FROM code_execution_logs')).toEqual([{ username: 'سارا' }]);
    });

    it('lets the configuration say the role, unless the token has its own', async () => {
      const roles = async (user: string, role: 'analyst' | null) =>
        (await me(bearer(await makeToken(fresh, user, role)))).json()['role'];
      expect(await roles('mina', null)).toBe('admin');
      expect(await roles('omid', null)).toBe('auditor');
      expect(await roles('mina', 'analyst')).toBe('analyst');
    });

    it('knows nobody without one', async () => {
      const reply = await me({});
      expect([reply.status, reply.json()['type']]).toEqual([401, 'urn:celltrail:not-signed-in']);
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer/);
      expect((await send(server.port, '/healthz')).status).toBe(200);
    });

    it('refuses one that never was, that is over, and that was revoked; each is on record', async () => {
      const token = await makeToken(fresh, 'sara', null);
      expect((await runToken(fresh, 'revoke', 'sara-null')).code).toBe(0);
      await fresh.query("UPDATE access_tokens SET expires_at = now() - interval '1 s' WHERE name = 'x'");
      for (const wrong of [token, `celltrail_${'x'.repeat(43)}`, 'nonsense']) {
        const reply = await me(bearer(wrong));
        expect([reply.status, reply.json()['type']]).toEqual([401, 'urn:celltrail:token-refused']);
      }
      const old = await makeToken(fresh, 'reza', null);
      await fresh.query("UPDATE access_tokens SET expires_at = now() - interval '1 s' WHERE username = 'reza'");
      expect((await me(bearer(old))).status).toBe(401);
      while ((await events('access.denied')).length < 3) await new Promise(resolve => setTimeout(resolve, 5));
      expect((await events('access.denied')).map(({ username, body }) => [username, body['reason']]).sort()).toEqual([
        ['-', 'token-unknown'],
        ['reza', 'token-expired'],
        ['sara', 'token-revoked']
      ]);
    });

    it('signs a browser in once, by a cookie that scripts and other sites can not use', async () => {
      const reply = await signIn(await makeToken(fresh, 'sara', 'admin'));
      expect(reply.json()).toMatchObject({ username: 'sara', role: 'admin' });
      expect(reply.headers['set-cookie']?.[0]).toMatch(
        /^celltrail_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/
      );
      const Cookie = `theme=dark; ${cookieOf(reply)}`;
      expect((await me({ Cookie })).json()).toMatchObject({ username: 'sara' });
      const own = { Cookie, Origin: `http://localhost:${server.port}`, Host: `localhost:${server.port}` };
      expect((await me(own)).status).toBe(200);
      // Lab's page may send events with a token of its own; the portal's cookie is not for it.
      expect((await me({ Cookie, Origin: 'http://localhost:8888' })).status).toBe(401);
      expect((await me({ Cookie, Origin: 'http://evil.example' })).status).toBe(403);
      expect((await me({ Cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' })).status).toBe(403);
    });

    it('marks the cookie for TLS alone where the page came by it', async () => {
      const headers = { Host: 'audit.example', Origin: 'https://audit.example' };
      const reply = await signIn(await makeToken(fresh, 'sara', null), headers);
      expect(reply.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
    });

    it('ends a session when the person signs out, and when its token is revoked', async () => {
      const token = await makeToken(fresh, 'sara', null);
      const [first, second] = [cookieOf(await signIn(token)), cookieOf(await signIn(token))];
      const out = await post(server.port, '/api/sign-out', {}, { Cookie: first });
      expect(out.headers['set-cookie']?.[0]).toMatch(/^celltrail_session=; Path=\/; Max-Age=0/);
      expect((await me({ Cookie: first })).json()).toMatchObject({ type: 'urn:celltrail:not-signed-in' });
      await runToken(fresh, 'revoke', 'sara-null');
      expect((await me({ Cookie: second })).json()).toMatchObject({ type: 'urn:celltrail:not-signed-in' });
    });

    it('stops whoever guesses, and not who has a token in use', async () => {
      const token = await makeToken(fresh, 'sara', null);
      const replies: number[] = [];
      for (let i = 0; i < 12; i++) replies.push((await signIn(`celltrail_${String(i).padEnd(43, 'x')}`)).status);
      expect(replies).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
      const limited = await signIn(token);
      expect([limited.status, limited.headers['retry-after']]).toEqual([429, '60']);
      expect(limited.json()).toMatchObject({ type: 'urn:celltrail:too-many-failures' });
    });

    it('goes on serving a person while somebody at the same address guesses', async () => {
      const token = await makeToken(fresh, 'sara', null);
      expect((await me(bearer(token))).status).toBe(200);
      for (let i = 0; i < 11; i++) await signIn(`celltrail_${String(i).padEnd(43, 'x')}`);
      expect((await me(bearer(token))).status).toBe(200);
    });

    it('answers to addresses and to the names of the configuration, and to no other name', async () => {
      const headers = bearer(await makeToken(fresh, 'sara', null));
      for (const Host of ['localhost:9000', '10.0.0.5:8001', '[fd00::5]:8001', 'audit.example'])
        expect([Host, (await me({ ...headers, Host })).status]).toEqual([Host, 200]);
      for (const Host of ['evil.example', '10.0.0.5.nip.io'])
        expect([Host, (await me({ ...headers, Host })).status]).toEqual([Host, 403]);
      const portal = { ...headers, Host: '10.0.0.5:8001', Origin: 'http://10.0.0.5:8001' };
      expect((await me(portal)).status).toBe(200);
      expect((await me({ ...portal, Origin: 'http://10.0.0.6:8001' })).status).toBe(403);
    });

    it('shows a token in no log, no address, no error and no event', async () => {
      const token = await makeToken(fresh, 'sara', null);
      const wrong = `celltrail_${'w'.repeat(43)}`;
      const replies = [
        await me(bearer(token)),
        await me(bearer(wrong)),
        await signIn(token),
        await signIn(wrong),
        await signIn('x'.repeat(600)),
        await post(server.port, '/api/sign-in', { tokens: wrong }),
        await send(server.port, `/api/me?token=${wrong}`, { headers: bearer(token) })
      ];
      expect(replies.map(({ status }) => status)).toEqual([200, 401, 200, 401, 400, 400, 400]);
      const cookie = cookieOf(replies[2]!).split('=')[1]!;
      await fresh.query('SELECT 1');
      const kept = JSON.stringify(await fresh.query('SELECT * FROM audit_events'));
      const stored = JSON.stringify(await fresh.query('SELECT * FROM access_tokens, access_sessions'));
      const said = replies.map(({ text }) => text).join();
      for (const secret of [token, wrong, cookie, token.slice(10), wrong.slice(10)])
        for (const [where, text] of Object.entries({ log: server.logged.join(), kept, stored, said }))
          expect([where, text.includes(secret)]).toEqual([where, false]);
    });
  });
