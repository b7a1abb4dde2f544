import { isLoopbackName, originKey, splitHost } from './loopback-name.js';

describe('isLoopbackName', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.0.0.2', '[::1]'])('knows %s', name =>
    expect(isLoopbackName(name)).toBe(true)
  );
  it.each(['localhost.evil.example', 'evil.example', '127.0.0.1.nip.io', '127.1', '0.0.0.0', '::1', ''])(
    'does not take %p for this machine',
    name => expect(isLoopbackName(name)).toBe(false)
  );
});

describe('splitHost', () => {
  it.each([
    ['localhost', { name: 'localhost', port: null }],
    ['LocalHost:8001', { name: 'localhost', port: 8001 }],
    ['[::1]:8001', { name: '[::1]', port: 8001 }],
    ['[::1]', { name: '[::1]', port: null }]
  ])('reads %s', (host, parts) => expect(splitHost(host)).toEqual(parts));

  it.each(['', ':8001', 'localhost:', 'localhost:80:81', 'user@localhost', 'localhost/x', '::1', '[::1', 'a b'])(
    'refuses %p',
    host => expect(splitHost(host)).toBeUndefined()
  );
});

describe('originKey', () => {
  it('makes twins of the names of this machine', () => {
    const keys = ['http://localhost:8888', 'http://127.0.0.1:8888', 'http://[::1]:8888'].map(originKey);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps ports, schemes and other hosts apart', () => {
    const origins = ['http://localhost:8888', 'http://localhost:8889', 'https://localhost:8888', 'http://evil.example'];
    expect(new Set(origins.map(originKey)).size).toBe(4);
  });

  it('drops the path of an address, and fills in the default port', () => {
    expect(originKey('http://localhost/lab?x#y')).toBe(originKey('http://127.0.0.1:80'));
    expect(originKey('https://lab.example/user/ali/lab')).toBe('https://lab.example');
  });

  it.each(['null', '', 'file:///etc/passwd', 'localhost:8888', 'not an origin'])('has no key for %p', origin =>
    expect(originKey(origin)).toBeUndefined()
  );
});
