import { type IncomingMessage } from 'node:http';
import { createIdentity } from '../authenticate.js';
import { type IdentityParts, type IdentitySettings } from '../mode.js';

const settings: IdentitySettings = {
  auth: 'loopback',
  hosts: ['127.0.0.1', '::1'],
  user: 'test_user',
  admins: [],
  auditors: [],
  allowedOrigins: ['https://notes.example'],
  labUrl: 'http://localhost:8888/lab'
};
const NO_PARTS: IdentityParts = {
  db: () => {
    throw new Error('this mode asks no database');
  },
  clock: () => 0,
  note: () => undefined
};
const identity = createIdentity(settings, NO_PARTS);

describe('the loopback mode', () => {
  it('takes whoever is on this machine for the configured user, and admin', async () => {
    expect(await identity.authenticate({} as IncomingMessage)).toEqual({ username: 'test_user', role: 'admin' });
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', '127.0.0.1.nip.io'])('refuses to listen on %s', host => {
    expect(() => createIdentity({ ...settings, hosts: ['127.0.0.1', host] }, NO_PARTS)).toThrow(host);
  });

  it.each(['localhost', 'localhost:8001', '127.0.0.1:8001', '[::1]:8001', '[::1]'])('answers to %s', host => {
    expect(identity.servesHost(host, 8001)).toBe(true);
  });

  it.each([undefined, '', 'evil.example', 'evil.example:8001', 'localhost:8002', 'localhost.evil.example:8001'])(
    'does not answer to %p',
    host => expect(identity.servesHost(host, 8001)).toBe(false)
  );

  it.each([
    'http://localhost:8001',
    'http://127.0.0.1:8001',
    'http://[::1]:8001',
    'http://localhost:8888',
    'http://127.0.0.1:8888',
    'https://notes.example'
  ])('lets pages of %s use the server', origin => expect(identity.acceptsOrigin(origin, 8001)).toBe(true));

  it.each([
    'null',
    '',
    'http://localhost:8002',
    'https://localhost:8001',
    'http://notes.example',
    'https://notes.example.evil.example',
    'http://evil.example:8001'
  ])('refuses pages of %p', origin => expect(identity.acceptsOrigin(origin, 8001)).toBe(false));
});
