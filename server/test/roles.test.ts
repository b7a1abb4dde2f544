import { type Role } from '@celltrail/protocol';
import { ROLES, ROUTES } from '@celltrail/protocol/schemas';
import { databases, type FreshDatabase } from './databases.js';
import { send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution } from './sample-events.js';
import { makeToken } from './tokens.js';

/** Who asks: nobody, or the bearer of a token with that role. */
const WHO = ['nobody', ...ROLES] as const;
type Who = (typeof WHO)[number];

interface Case {
  /** the path with its parameters and query filled in; the run asked for is another's, sara's */
  path: string;
  body?: unknown;
  /** status for nobody, analyst, auditor, admin */
  answers: [number, number, number, number];
}

const SARAS = execution();
const OWN: Case['answers'] = [401, 200, 200, 200];
const READS_ALL: Case['answers'] = [401, 403, 200, 200];
const ADMINS: Case['answers'] = [401, 403, 403, 200];
const ANYONE: Case['answers'] = [200, 200, 200, 200];

/** Every route of the protocol's table with what each role is answered. A new route has to be entered here. */
const TABLE: Record<keyof typeof ROUTES | 'live' | 'liveWall', Case> = {
  postEvents: { path: '/api/events', body: batch(), answers: OWN },
  getMe: { path: '/api/me', answers: OWN },
  getPortal: { path: '/api/portal', answers: OWN },
  getStats: { path: '/api/stats', answers: OWN },
  getRecentActivity: { path: '/api/recent-activity', answers: OWN },
  getExecutions: { path: '/api/v1/executions', answers: OWN },
  getAbsence: { path: '/api/absence', answers: OWN },
  getChecks: { path: '/api/checks', answers: OWN },
  getHealth: { path: '/healthz', answers: ANYONE },
  getReady: { path: '/readyz', answers: ANYONE },
  postSignIn: { path: '/api/sign-in', body: { token: 'x' }, answers: [401, 401, 401, 401] },
  postSignOut: { path: '/api/sign-out', body: {}, answers: ANYONE },
  getExecution: { path: `/api/executions/${SARAS.id}`, answers: [401, 404, 200, 200] },
  getActivity: { path: '/api/v1/activity?user=sara', answers: READS_ALL },
  getAllActivity: { path: '/api/admin/all-activity', answers: ADMINS },
  getPeople: { path: '/api/v1/people', answers: READS_ALL },
  getPerson: { path: '/api/v1/people/sara', answers: READS_ALL },
  getRunning: { path: '/api/v1/running', answers: READS_ALL },
  getCoverage: { path: '/api/v1/coverage', answers: READS_ALL },
  search: { path: '/api/v1/search?q=SECRET', answers: OWN },
  export: { path: '/api/export?format=jsonl&q=SECRET', answers: OWN },
  getFacets: { path: '/api/v1/facets', answers: OWN },
  searchCode: { path: '/api/search-code?query=SECRET', answers: OWN },
  complete: { path: '/api/v1/complete', answers: OWN },
  getAnalytics: { path: '/api/analytics?user=sara', answers: READS_ALL },
  getAnomalies: { path: '/api/anomalies?user=sara', answers: READS_ALL },
  postVerdict: {
    path: '/api/anomalies/00000000-0000-4000-8000-000000000000/verdict',
    body: { verdict: 'fine' },
    answers: [401, 403, 403, 404]
  },
  getReview: { path: '/api/v1/review', answers: READS_ALL },
  live: { path: '/api/live', answers: OWN },
  liveWall: { path: '/api/v1/live?of=everyone', answers: READS_ALL }
};
const CASES = Object.entries(TABLE).flatMap(([name, one]) =>
  WHO.map((who, i) => [name, who, one.answers[i]!, one] as const)
);

const STREAMS: Record<string, string> = { live: '/api/live', liveWall: '/api/v1/live' };
const pathOf = (name: string): string => STREAMS[name] ?? ROUTES[name as keyof typeof ROUTES].path;

it('has every route in its table', () => {
  expect(Object.keys(TABLE).sort()).toEqual([...Object.keys(ROUTES), 'live', 'liveWall'].sort());
});

for (const database of databases)
  describe(`who may what, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    const tokens = new Map<Who, string>();
    beforeAll(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh, { auth: 'token' });
      for (const role of ROLES) tokens.set(role, await makeToken(fresh, `some-${role}`, role));
      tokens.set('nobody', '');
      const sara = await makeToken(fresh, 'sara', 'analyst');
      const headers = { Authorization: `Bearer ${sara}`, 'Content-Type': 'application/json' };
      const body = JSON.stringify(batch({ ...SARAS, code: 'SECRET = 1', error_message: 'SECRET' }));
      expect((await send(server.port, '/api/events', { method: 'POST', headers, body })).status).toBe(200);
    });
    afterAll(async () => {
      await server.stop();
      await fresh.drop();
    });

    const ask = (name: string, who: Who, { path, body }: Case) => {
      const token = tokens.get(who);
      return send(server.port, path, {
        // A stream never ends; its head says the same.
        method: body === undefined ? (name.startsWith('live') ? 'HEAD' : 'GET') : 'POST',
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': 'application/json' })
        },
        ...(body !== undefined && { body: JSON.stringify(body) })
      });
    };

    it.each(CASES)('%s answers %s with %i', async (name, who, status, one) => {
      const reply = await ask(name, who, one);
      expect([reply.status, reply.text.slice(0, 300)]).toEqual([status, expect.any(String)]);
      // The answer to HEAD has no body.
      if (status === 403 && reply.text) expect(reply.json()).toMatchObject({ title: 'Admin only' });
      if (status === 403 && !name.startsWith('live')) expect(reply.text).not.toBe('');
      // Whoever is not let in learns nothing of what is there.
      if (status >= 400 || who === 'analyst') expect(reply.text).not.toContain('SECRET');
    });

    it('leaves a record of all that was refused to a role', async () => {
      const refused = CASES.filter(([, , status]) => status === 403).map(
        ([name, who]) => `some-${who} ${pathOf(name)}`
      );
      const denied = () =>
        fresh.query<{ denied: string }>(
          "SELECT username || ' ' || (body->>'route') AS denied FROM audit_events WHERE type = 'access.denied' AND body->>'reason' = 'role'"
        );
      // A refusal does not wait for its record.
      while ((await denied()).length < refused.length) await new Promise(resolve => setTimeout(resolve, 5));
      expect((await denied()).map(row => row.denied).sort()).toEqual(refused.sort());
    });

    it('has no role that the table does not know', () => {
      const known: readonly Role[] = ROLES;
      expect(known).toEqual(['analyst', 'auditor', 'admin']);
    });
  });
