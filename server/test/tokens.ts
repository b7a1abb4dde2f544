import { type Role } from '@celltrail/protocol';
import { tokenCommand } from '../cli/token.js';
import { runProgram } from '../cli/outcome.js';
import { type FreshDatabase } from './databases.js';

/** What a command did. */
export interface Ran {
  code: number;
  out: string[];
  err: string[];
}

/** Runs `celltrail token …` on a test's database. */
export async function runToken(fresh: FreshDatabase, ...argv: string[]): Promise<Ran> {
  const ran: Ran = { code: -1, out: [], err: [] };
  const out = (line: string): void => void ran.out.push(line);
  const err = (line: string): void => void ran.err.push(line);
  const command = tokenCommand({ env: { AUDIT_DB_CONNECTION: fresh.owner, AUDIT_USER: 'operator' }, out, err });
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeOut: out, writeErr: err });
  ran.code = await runProgram(command, argv, err);
  return ran;
}

/** A new token as the command makes it. @param role null: as the configuration says of the person */
export async function makeToken(fresh: FreshDatabase, user: string, role: Role | null): Promise<string> {
  const options = role ? ['--role', role] : [];
  const { code, out, err } = await runToken(fresh, 'create', `${user}-${role}`, '--user', user, ...options, '--json');
  if (code !== 0) throw new Error(err.join('\n'));
  return (JSON.parse(out[0]!) as { token: string }).token;
}
