import { type Command, CommanderError } from 'commander';
import { ConfigError } from '../config.js';
import { ListenError } from '../http/listen.js';
import { ProblemError } from '../problems.js';
import { DatabaseFault } from '../store/database-fault.js';

/** What a person reads when a command could not do its work. */
export interface Failure {
  message: string;
  /** what to do about it; null for a bug, which comes with its trace instead */
  fix: string | null;
}

/** The words for an error: faults of the surroundings have a fix, anything else is a bug of ours. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ConfigError) {
    const lines = error.faults.map(({ name, fix }) => `${name}: ${fix}`);
    return { message: 'The configuration is not right.', fix: lines.join('\n     ') };
  }
  if (error instanceof ListenError || error instanceof DatabaseFault) return { message: error.message, fix: error.fix };
  if (error instanceof ProblemError) {
    const { title, detail, fix } = error.toProblem();
    return { message: [title, detail].filter(Boolean).join(': '), fix: fix ?? null };
  }
  if (error instanceof Error) return { message: error.stack ?? error.message, fix: null };
  return { message: String(error), fix: null };
}

/**
 * Runs a program to its end.
 * @returns the exit code: 0 only when all is well
 */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  tell: (line: string) => void
): Promise<number> {
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof NotWell) return 1;
    const { message, fix } = describeFailure(error);
    tell(`celltrail: ${message}`);
    if (fix) tell(`Fix: ${fix}`);
    return 1;
  }
}

/** A command that said all there is to say, and that not all is well. */
export class NotWell extends Error {}
