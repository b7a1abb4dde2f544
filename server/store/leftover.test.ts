import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, pidFile, type Cluster } from './cluster.js';
import { findRunning } from './leftover.js';

describe('a file that claims a postmaster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'celltrail-leftover-'));
  const cluster = { folder } as Cluster;
  const claim = (pid: number, port: number): void =>
    writeFileSync(pidFile(cluster), [pid, folder, Date.now(), port].join('\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('of a process that is another program is removed', async () => {
    claim(process.pid, await freePort());
    expect(await findRunning(cluster, 'secret')).toBeNull();
    expect(existsSync(pidFile(cluster))).toBe(false);
  });

  // To wait for its answer would take longer than a test may.
  it('of a postmaster that dies while it is asked is removed as soon as it is dead', async () => {
    const dying = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 500)', '--', '-D', folder], { stdio: 'ignore' });
    claim(dying.pid!, await freePort());
    expect(await findRunning(cluster, 'secret')).toBeNull();
    expect(existsSync(pidFile(cluster))).toBe(false);
  });
});
