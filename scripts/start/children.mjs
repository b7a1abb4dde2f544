import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lastLines } from '../programs.mjs';
import { plainWords } from './log-words.mjs';
import { endTree, isAlive } from './trees.mjs';

const GRACE_MS = 15_000;

/**
 * A program that runs as long as we do.
 * @typedef {{ name: string, pid: number, logFile: string, ended: Promise<string>, exitCode: () => number | null,
 *   lastWords: () => Promise<string> }} Child
 * `ended` is answered with how it ended, as a sentence's second half.
 */

/**
 * The programs that were started, and their end. Each leads a process group of its own: Ctrl-C reaches only us, so
 * that we stop them in order, and a group's end takes what the program started with it. Should we be killed
 * ourselves, the reaper, which lives beside us, sees our pipe close and ends them.
 */
export class Children {
  /** @type {Child[]} */
  #running = [];
  #reaper = null;
  #stopping = false;

  /**
   * Starts a program; its output goes to a file that only its owner may read.
   * @param {{ name: string, command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, logFile: string }} what
   * @returns {Child}
   */
  start({ name, command, args, cwd, env, logFile }) {
    if (this.#stopping) throw new Error(`${name} is not started: everything is being stopped`);
    keepPrevious(logFile);
    const log = openSync(logFile, 'w', 0o600);
    const process = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: true, windowsHide: true });
    closeSync(log);
    const child = {
      name,
      pid: process.pid ?? 0,
      logFile,
      exitCode: () => process.exitCode,
      ended: new Promise(resolve => {
        process.once('error', error => resolve(`could not be started: ${error.message}`));
        process.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
      }),
      lastWords: async () => lastLines(plainWords(await readFile(logFile, 'utf8')), 15)
    };
    this.#running.push(child);
    if (process.pid) this.#watch(process.pid);
    return child;
  }

  /**
   * Stops all of them, the last started first: Lab's pages send their last events while the server still answers.
   * @param {{ graceMs?: number }} [options] how long each may take before it is killed
   */
  async stop({ graceMs = GRACE_MS } = {}) {
    this.#stopping = true;
    for (const { pid } of [...this.#running].reverse()) {
      if (pid && isAlive(pid)) await endTree(pid, graceMs);
    }
    this.#reaper?.stdin.end('done\n');
    this.#reaper = null;
  }

  #watch(pid) {
    this.#reaper ??= spawn(process.execPath, [fileURLToPath(new URL('reaper.mjs', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      windowsHide: true
    });
    // It may be gone when a machine shuts down; there is nobody left to tell then.
    this.#reaper.stdin.on('error', () => undefined);
    this.#reaper.stdin.write(`${pid}\n`);
  }
}

function keepPrevious(logFile) {
  if (statSync(logFile, { throwIfNoEntry: false })) renameSync(logFile, `${logFile}.1`);
}
