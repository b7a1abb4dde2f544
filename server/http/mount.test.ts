import express from 'express';
import { type Role } from '@celltrail/protocol';
import { type IdentityMode } from '../identity/mode.js';
import { createLog } from '../log.js';
import { problem } from '../problems.js';
import { send } from '../test/request.js';
import { faultHandler } from './faults.js';
import { listen, type Listener } from './listen.js';
import { actorOf, requireRole } from './mount.js';

/** Takes the caller for whoever its header says. */
const identity: IdentityMode = {
  name: 'loopback',
  sessions: null,
  servesHost: () => true,
  acceptsOrigin: () => true,
  authenticate(request) {
    const role = request.headers['x-role'] as Role | undefined;
    return role ? Promise.resolve({ username: 'ali', role }) : Promise.reject(problem('not-signed-in'));
  }
};

describe('requireRole', () => {
  let listener: Listener;
  beforeAll(async () => {
    const app = express();
    for (const role of ['analyst', 'auditor', 'admin'] as const)
      app.get(
        `/${role}`,
        requireRole(identity, role),
        (_request, response) => void response.json(actorOf(response.locals))
      );
    app.use(faultHandler(createLog('silent'), () => undefined));
    listener = await listen(['127.0.0.1'], 0, app);
  });
  afterAll(() => listener.close(0));

  const ask = (path: string, role?: string) =>
    send(listener.port, path, { headers: role === undefined ? {} : { 'X-Role': role } });

  it.each([
    ['analyst', [200, 403, 403]],
    ['auditor', [200, 200, 403]],
    ['admin', [200, 200, 200]]
  ])('lets an %s pass where their role is enough', async (role, statuses) => {
    const replies = await Promise.all(['/analyst', '/auditor', '/admin'].map(path => ask(path, role)));
    expect(replies.map(({ status }) => status)).toEqual(statuses);
  });

  it('says that a page is for admins only', async () => {
    const reply = await ask('/admin', 'analyst');
    expect(reply.json()).toMatchObject({ title: 'Admin only', status: 403, type: 'urn:celltrail:admin-only' });
  });

  it('asks who is there before anything else', async () => {
    const reply = await ask('/analyst');
    expect([reply.status, reply.json()['type']]).toEqual([401, 'urn:celltrail:not-signed-in']);
  });

  it('hands on who it was', async () => {
    expect((await ask('/analyst', 'auditor')).json()).toEqual({ username: 'ali', role: 'auditor' });
  });
});
