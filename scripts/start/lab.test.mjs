import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labConfig, labEnv, labFolders } from './lab.mjs';

const folders = labFolders('/data');

test("a notebook finds no secret of the server's in its environment", () => {
  const env = labEnv(
    {
      PATH: '/bin',
      HOME: '/home/ali',
      AUDIT_DB_CONNECTION: 'postgresql://celltrail:secret@db/audit',
      AUDIT_SIGNING_KEY_FILE: '/key',
      PGPASSWORD: 'secret',
      PGPASSFILE: '/pass',
      JUPYTER_TOKEN: 'mine',
      npm_config_registry: 'somewhere'
    },
    { endpoint: 'http://localhost:8001', user: 'ali', folders }
  );
  assert.ok(!JSON.stringify(env).includes('secret'));
  assert.deepEqual(
    Object.keys(env).filter(name => /^(AUDIT|PG|npm)/.test(name)),
    ['AUDIT_ENDPOINT', 'AUDIT_USER']
  );
  assert.equal(env.JUPYTER_TOKEN, undefined);
  assert.equal(env.HOME, '/home/ali');
});

test("this Lab and a person's own share no folder", () => {
  const env = labEnv({ JUPYTER_PATH: '/mine' }, { endpoint: '', user: 'ali', language: 'fa', folders });
  const ours = Object.entries(env).filter(([name]) => /^(JUPYTER|IPYTHON)/.test(name));
  assert.ok(ours.length >= 5);
  for (const [name, value] of ours) assert.ok(value.startsWith('/data/jupyter/'), name);
  assert.equal(env.AUDIT_LANGUAGE, 'fa');
});

test('it listens on this machine, signs its owner in, and carries no token', () => {
  const config = labConfig({ port: 8890, user: 'ali', notebooks: '/data/notebooks' });
  assert.equal(config.ServerApp.ip, 'localhost');
  assert.equal(config.ServerApp.port, 8890);
  assert.equal(config.OwnLoopbackIdentity.username, 'ali');
  assert.match(config.ServerApp.identity_provider_class, /OwnLoopbackIdentity$/);
  assert.ok(!/token"/.test(JSON.stringify(config)));
});
