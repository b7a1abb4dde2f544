import { startBareApp, type BareApp } from './bare-app.js';
import { send } from './request.js';

let app: BareApp;
beforeAll(async () => {
  app = await startBareApp();
});
afterAll(() => app.close(0));

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  send(app.port, path, { headers, method });

describe('the name under which a request came', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('may be %s, with our port or none', async name => {
    expect((await ask('/api/me', { Host: name })).status).toBe(200);
    expect((await ask('/api/me', { Host: `${name}:${app.port}` })).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', 'localhost:1', '127.0.0.1.nip.io', 'a@localhost'])(
    'may not be %p',
    async Host => {
      const reply = await ask('/api/me', { Host });
      expect(reply.status).toBe(403);
      expect(reply.json()).toMatchObject({ type: 'urn:celltrail:host-refused', field: 'Host' });
    }
  );

  it.each(['/portal', '/healthz', '/openapi.json', '/nothing'])('is looked at for %s too', async path => {
    expect((await ask(path, { Host: 'evil.example' })).status).toBe(403);
  });
});

describe('the page that made a request', () => {
  it.each(['http://localhost', 'http://127.0.0.1', 'http://[::1]'])('may be the portal at %s', async origin => {
    const reply = await ask('/api/me', { Origin: `${origin}:${app.port}` });
    expect(reply.status).toBe(200);
  });

  it.each(['http://localhost:8888', 'http://127.0.0.1:8888', 'https://notes.example'])(
    'may be Lab or an allowed one, at %s, and may read the answer',
    async Origin => {
      const reply = await ask('/api/me', { Origin, 'Sec-Fetch-Site': 'cross-site' });
      expect(reply.status).toBe(200);
      expect(reply.headers['access-control-allow-origin']).toBe(Origin);
      expect(reply.headers['vary']).toContain('Origin');
    }
  );

  it.each(['null', 'http://evil.example', 'http://localhost:8889', 'https://localhost:8888', 'http://notes.example'])(
    'may not be %s',
    async Origin => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const reply = await ask('/api/events', { Origin }, method);
        expect(reply.status).toBe(403);
        expect(reply.json()).toMatchObject({ type: 'urn:celltrail:origin-refused', field: 'Origin' });
        expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
      }
    }
  );

  it('is asked for by a preflight, which Lab passes', async () => {
    const reply = await ask(
      '/api/events',
      {
        Origin: 'http://localhost:8888',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type'
      },
      'OPTIONS'
    );
    expect(reply.status).toBe(204);
    expect(reply.headers['access-control-allow-methods']).toBe('GET,POST');
    expect(reply.headers['access-control-allow-headers']).toMatch(/content-type/i);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['an image on another site', '/api/me', { site: 'cross-site', mode: 'no-cors', dest: 'image' }, 403],
    ['a script on another port', '/api/me', { site: 'same-site', mode: 'no-cors', dest: 'script' }, 403],
    ['a link on another site to the API', '/api/me', { site: 'cross-site', mode: 'navigate', dest: 'document' }, 403],
    ['a frame on another site', '/portal', { site: 'cross-site', mode: 'navigate', dest: 'iframe' }, 403],
    ['a link in Lab to the portal', '/', { site: 'same-site', mode: 'navigate', dest: 'document' }, 302],
    ['the portal itself', '/api/me', { site: 'same-origin', mode: 'cors', dest: 'empty' }, 200],
    ['a person who typed the address', '/api/me', { site: 'none', mode: 'navigate', dest: 'document' }, 200]
  ])('without an origin, from %s to %s', async (_, path, { site, mode, dest }, status) => {
    const headers = { 'Sec-Fetch-Site': site!, 'Sec-Fetch-Mode': mode!, 'Sec-Fetch-Dest': dest! };
    expect((await ask(path, headers)).status).toBe(status);
  });
});

describe('what a page of ours may do', () => {
  it('is said by strict headers', async () => {
    const { headers } = await ask('/api/me', {});
    const policy = headers['content-security-policy'] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.match(/unsafe/g)).toHaveLength(1);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});
