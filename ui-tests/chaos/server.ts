import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CELLTRAIL } from '../parts/server.js';
import { signal } from './processes.js';
import { until } from './until.js';

/** How long a server may take to be ready, ms: it may have to wait for its database's recovery. */
const READY_MS = 120_000;
/** How long it may take to stop, ms. */
const STOP_MS = 60_000;

/** A server that is kept running, as an init system would, unless it is down on purpose. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  /** how often it ended although nobody ended it */
  readonly accidents: number;
  /** Starts it and keeps it running. Resolves when it is ready. */
  start(): Promise<void>;
  /** Ends it and leaves it down. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Resolves when it says that it can store. */
  untilReady(): Promise<void>;
}

/**
 * @param env its settings; its port comes on top
 * @param log the file that its output goes to
 */
export function server(port: number, env: Record<string, string | undefined>, log: string): Server {
  let child: ChildProcess | null = null;
  let wanted = false;
  let accidents = 0;
  const launch = (): void => {
    const output = openSync(log, 'a');
    const started = spawn(process.execPath, [CELLTRAIL, 'serve'], {
      env: { ...process.env, AUDIT_HOST: '127.0.0.1', AUDIT_PORT: String(port), AUDIT_LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', output, output],
      detached: true
    });
    closeSync(output);
    child = started;
    started.once('exit', () => {
      if (child === started) child = null;
      if (!wanted) return;
      accidents += 1;
      void sleep(1_000).then(() => wanted && !child && launch());
    });
  };
  const untilReady = (): Promise<void> =>
    until(`the server on ${port} is ready`, READY_MS, async () => {
      try {
        return (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3_000) })).ok;
      } catch {
        return false; // not yet
      }
    });
  return {
    port,
    get pid() {
      return child?.pid ?? -1;
    },
    get accidents() {
      return accidents;
    },
    async start() {
      wanted = true;
      if (!child) launch();
      await untilReady();
    },
    async end(name) {
      wanted = false;
      const ending = child;
      if (!ending?.pid) return;
      signal(ending.pid, 'SIGCONT');
      signal(ending.pid, name);
      await until('the server ends', STOP_MS, () => ending.exitCode !== null || ending.signalCode !== null).catch(() =>
        signal(ending.pid!, 'SIGKILL')
      );
    },
    untilReady
  };
}
