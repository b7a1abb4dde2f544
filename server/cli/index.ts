import { Command } from 'commander';
import { SERVER_VERSION } from '../version.js';
import { doctorCommand } from './doctor.js';
import { migrateCommand } from './migrate.js';
import { runProgram } from './outcome.js';
import { serveCommand } from './serve.js';
import { sqlCommand } from './sql.js';
import { type Surroundings } from './surroundings.js';
import { tokenCommand } from './token.js';
import { upgradeCommand } from './upgrade.js';

/**
 * The program `celltrail`.
 * @param argv what stands after its name
 * @returns the exit code: 0 only when all is well
 */
export function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { out, err } = surroundings;
  const program = new Command('celltrail')
    .description('The audit trail of every cell. Settings are the environment variables AUDIT_….')
    .version(SERVER_VERSION)
    .addCommand(serveCommand(surroundings))
    .addCommand(migrateCommand(surroundings))
    .addCommand(doctorCommand(surroundings))
    .addCommand(sqlCommand(surroundings))
    .addCommand(tokenCommand(surroundings))
    .addCommand(upgradeCommand(surroundings));
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command
      .exitOverride()
      .configureOutput({ writeOut: text => out(text.trimEnd()), writeErr: text => err(text.trimEnd()) });
  return runProgram(program, argv, err);
}
