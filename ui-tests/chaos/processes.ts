import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc tells of it. */
export interface Process {
  pid: number;
  parent: number;
  args: string[];
  /** ticks of processor time it used so far */
  ticks: number;
}

/** Every process of this machine that can be read. */
export function processes(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => read(Number(name)) ?? []);
}

/** The processes that a process started. */
export function childrenOf(pid: number): Process[] {
  return processes().filter(({ parent }) => parent === pid);
}

/** Sends a signal. @returns false when there is no such process any more */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Whether a number still is the process that it was. Numbers are given anew, and to threads, too: within a minute on a
 * machine at work, and a signal would reach a stranger.
 * @param mark an argument of its command line holds it
 */
export function isProcess(pid: number, mark: string): boolean {
  return read(pid)?.args.some(arg => arg.includes(mark)) ?? false;
}

function read(pid: number): Process | null {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, brackets too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), args, ticks: Number(fields[11]) + Number(fields[12]) };
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
