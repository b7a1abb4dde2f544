import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { THRESHOLDS } from './anomalies/thresholds.js';
import { ConfigError, readConfig, SETTINGS } from './config.js';

const faultsOf = (env: Record<string, string>): { name: string; fix: string }[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      config: {
        dbConnection: null,
        hosts: ['127.0.0.1', '::1'],
        port: 8001,
        auth: 'loopback',
        user: userInfo().username,
        admins: [],
        auditors: [],
        token: null,
        allowedOrigins: [],
        labUrl: null,
        dataDir: resolve('.celltrail'),
        language: null,
        policyFile: null,
        alerts: THRESHOLDS,
        logLevel: 'info',
        maxInFlightBytes: 128 * 1024 * 1024
      },
      warnings: []
    });
  });

  it('reads what is set', () => {
    const { config } = readConfig({
      AUDIT_DB_CONNECTION: 'postgresql://audit:s3cret@db.example:6543/trail?sslmode=require',
      AUDIT_HOST: 'localhost',
      AUDIT_PORT: '0',
      AUDIT_USER: 'test_user',
      AUDIT_ADMINS: 'sara, reza,',
      AUDIT_ALLOWED_ORIGINS: 'https://lab.example',
      AUDIT_LAB_URL: 'http://localhost:8888/lab',
      AUDIT_LANGUAGE: 'fa'
    });
    expect(config).toMatchObject({
      dbConnection: 'postgresql://audit:s3cret@db.example:6543/trail?sslmode=require',
      hosts: ['127.0.0.1'],
      port: 0,
      user: 'test_user',
      admins: ['sara', 'reza'],
      allowedOrigins: ['https://lab.example'],
      labUrl: 'http://localhost:8888/lab',
      language: 'fa'
    });
  });

  it('takes an empty variable for a missing one', () => {
    expect(readConfig({ AUDIT_PORT: '', AUDIT_DB_CONNECTION: ' ' }).config).toMatchObject({ port: 8001, dbConnection: null }); // prettier-ignore
  });

  it('lists every fault at once, each with its fix', () => {
    const faults = faultsOf({
      AUDIT_PORT: 'http',
      AUDIT_HOST: '0.0.0.0',
      AUDIT_AUTH: 'none',
      AUDIT_DB_CONNECTION: 'mysql://u:hidden@h/d',
      AUDIT_LAB_URL: 'javascript:alert(1)',
      AUDIT_ALLOWED_ORIGINS: 'https://lab.example/path',
      AUDIT_LANGUAGE: 'de',
      AUDIT_LOG_LEVEL: 'loud'
    });
    expect(faults.map(({ name }) => name).sort()).toEqual([
      'AUDIT_ALLOWED_ORIGINS',
      'AUDIT_AUTH',
      'AUDIT_DB_CONNECTION',
      'AUDIT_HOST',
      'AUDIT_LAB_URL',
      'AUDIT_LANGUAGE',
      'AUDIT_LOG_LEVEL',
      'AUDIT_PORT'
    ]);
    expect(JSON.stringify(faults)).not.toContain('hidden');
  });

  it('listens for others only where people show who they are', () => {
    expect(faultsOf({ AUDIT_HOST: '0.0.0.0,::' }).map(({ name }) => name)).toEqual(['AUDIT_HOST', 'AUDIT_HOST']);
    expect(readConfig({ AUDIT_HOST: '0.0.0.0,::', AUDIT_AUTH: 'token' }).config.hosts).toEqual(['0.0.0.0', '::']);
    expect(faultsOf({ AUDIT_HOST: 'audit.example', AUDIT_AUTH: 'token' })).toHaveLength(1);
  });

  it('names the nearest known name for one that nothing reads', () => {
    const { warnings } = readConfig({ AUDIT_DB_CONECTION: 'x', AUDIT_ENDPOINT: 'http://x', PATH: '/bin' });
    expect(warnings).toEqual(['nothing reads AUDIT_DB_CONECTION; did you mean AUDIT_DB_CONNECTION?']);
  });

  it('has a docs sentence for every setting, under a name of its own', () => {
    expect(new Set(SETTINGS.map(({ name }) => name)).size).toBe(SETTINGS.length);
    for (const { sentence } of SETTINGS) expect(sentence).toMatch(/\.$/);
  });

  describe('a secret in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'celltrail-config-'));
    const file = join(folder, 'connection');
    beforeAll(() => writeFileSync(file, 'postgresql://u:p@h/d\n'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('is read without its line end', () => {
      expect(readConfig({ AUDIT_DB_CONNECTION_FILE: file }).config.dbConnection).toBe('postgresql://u:p@h/d');
    });

    it('is a fault when the variable is set too, or when it is missing', () => {
      expect(faultsOf({ AUDIT_DB_CONNECTION_FILE: file, AUDIT_DB_CONNECTION: 'postgresql://u@h/d' })).toHaveLength(1);
      expect(faultsOf({ AUDIT_DB_CONNECTION_FILE: `${file}.none` })[0]?.fix).toContain('ENOENT');
    });
  });
});
