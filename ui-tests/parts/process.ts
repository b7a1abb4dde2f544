import { spawn } from 'node:child_process';

/** A process that a test started. */
export interface Running {
  readonly pid: number;
  /** everything it printed so far, both streams in order */
  output(): string;
  /** The first match in what it prints. @throws Error with its output when it ends or `ms` pass without one */
  waitFor(pattern: RegExp, ms: number): Promise<RegExpMatchArray>;
  /** Sends the signal and waits for the end. @returns its exit code, null when a signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** fulfils when it ended */
  readonly ended: Promise<number | null>;
}

/**
 * Starts a process in a group of its own, so that what it leaves behind can be told and ended.
 * @param env added to this process's environment; undefined takes a name away
 */
export function run(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string | undefined>; cwd?: string } = {}
): Running {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  });
  let text = '';
  let wake = () => {};
  const take = (chunk: Buffer) => {
    text += chunk.toString();
    wake();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  let over = false;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => {
      over = true;
      wake();
      resolve(code);
    });
  });

  return {
    pid: child.pid ?? -1,
    ended,
    output: () => text,
    async waitFor(pattern, ms) {
      const deadline = Date.now() + ms;
      for (;;) {
        const found = pattern.exec(text);
        if (found) return found;
        if (over || Date.now() > deadline) {
          throw new Error(`${command} ${over ? 'ended' : `said nothing like it for ${ms} ms`}: ${pattern}\n${text}`);
        }
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, Math.max(1, deadline - Date.now()));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    async stop(signal = 'SIGTERM') {
      if (!over) child.kill(signal);
      return ended;
    }
  };
}
