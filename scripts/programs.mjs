import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';

const WINDOWS = process.platform === 'win32';
const TAIL = 40;
const LONG = 500;
const running = new Set();

/** Ends what {@link runProgram} runs just now, with all that it started. */
export function endPrograms() {
  for (const pid of running) killGroup(pid);
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, limitMs?: number }} [options] show: let its
 * output through as it comes, instead of keeping it for a failure's message
 * @returns {Promise<{ code: number, output: string }>} 127 when there is no such program, 124 past its limit
 */
export function runProgram(command, args, { cwd, env, show = false, limitMs } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      // What is kept goes into a message: no escape codes in it.
      env: show ? env : { ...(env ?? process.env), NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      // A group of its own, so that it can be ended with all that it started.
      detached: !WINDOWS,
      // npm and npx are scripts there, which only a shell can start.
      shell: WINDOWS && /^(npm|npx)$/.test(command)
    });
    if (child.pid) running.add(child.pid);
    const kept = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => kept.push(chunk));
    let late = false;
    const timer = limitMs && setTimeout(() => (late = killGroup(child.pid)), limitMs);
    const end = (code, text) => {
      clearTimeout(timer);
      running.delete(child.pid);
      resolve({ code: late ? 124 : code, output: Buffer.concat(kept).toString() + text });
    };
    child.on('error', error => end(127, String(error.message)));
    child.on('close', (code, signal) => end(code ?? 1, signal ? `ended by ${signal}` : ''));
  });
}

/**
 * Runs a program that has to succeed.
 * @param {string} what as `The dashboard did not build.`, for the message
 * @param {string} fix
 * @param {[string, string[], Parameters<typeof runProgram>[2]?]} call
 * @returns {Promise<string>} its output
 * @throws {Failure} with its last words
 */
export async function mustRun(what, fix, [command, args, options]) {
  const { code, output } = await runProgram(command, args, options);
  if (code !== 0) throw new Failure(what, fix, lastLines(output));
  return output;
}

/**
 * The end of a long text.
 * @param {string} text
 * @param {number} [count]
 * @returns {string} lines that are too long to read are cut
 */
export function lastLines(text, count = TAIL) {
  const lines = text.trimEnd().split('\n').slice(-count);
  return lines.map(line => (line.length > LONG ? `${line.slice(0, LONG)}…` : line)).join('\n');
}

function killGroup(pid) {
  try {
    return process.kill(WINDOWS ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (error.code === 'ESRCH') return false; // it has just ended by itself
    throw error;
  }
}
