import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBareApp, type BareApp } from './bare-app.js';
import { send } from './request.js';

describe('the portal', () => {
  let folder: string;
  let app: BareApp;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'celltrail-portal-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>portal</title>');
    await writeFile(join(folder, 'assets', 'index-B7x.js'), 'export {}');
    await writeFile(join(folder, 'favicon.svg'), '<svg/>');
    await writeFile(join(folder, '.secret'), 'x');
    app = await startBareApp({}, { publicFolder: folder });
  });
  afterAll(async () => {
    await app.close(0);
    await rm(folder, { recursive: true });
  });

  it('is where the root leads', async () => {
    const reply = await send(app.port, '/');
    expect([reply.status, reply.headers['location']]).toEqual([302, '/portal']);
  });

  it.each(['/portal', '/portal/', '/portal/health', '/portal/a/b'])('is one page for the screen %s', async path => {
    const reply = await send(app.port, path);
    expect([reply.status, reply.text]).toEqual([200, '<!doctype html><title>portal</title>']);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache'
    });
  });

  it('lets browsers keep what has a digest in its name, and nothing else', async () => {
    const asset = await send(app.port, '/portal/assets/index-B7x.js');
    expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(asset.headers['content-type']).toMatch(/^text\/javascript/);
    expect((await send(app.port, '/portal/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('answers with nothing to send when a browser has the page already', async () => {
    const { headers } = await send(app.port, '/portal');
    const again = await send(app.port, '/portal', { headers: { 'If-None-Match': headers['etag']! } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    '/portal/assets/old-1.js',
    '/portal/.secret',
    '/portal/..%2f..%2fetc%2fpasswd',
    '/portal/%2e%2e/package.json'
  ])('has no file at %s', async path => expect((await send(app.port, path)).status).toBe(404));

  it('changes for nobody who posts', async () => {
    expect((await send(app.port, '/portal', { method: 'POST' })).status).toBe(404);
  });
});

describe('a portal that is not built', () => {
  let app: BareApp;
  beforeAll(async () => {
    app = await startBareApp();
  });
  afterAll(() => app.close(0));

  it.each([
    ['en', 'The portal is not built yet', 'ltr'],
    ['fa-IR,fa;q=0.9,en;q=0.8', 'پرتال هنوز ساخته نشده است', 'rtl']
  ])('says so in the language of %s', async (wishes, words, direction) => {
    const reply = await send(app.port, '/portal', { headers: { 'Accept-Language': wishes } });
    expect(reply.status).toBe(503);
    expect(reply.text).toContain(words);
    expect(reply.text).toContain(`dir="${direction}"`);
    expect(reply.text).toContain('npm run build');
  });
});
