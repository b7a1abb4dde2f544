import { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { DatabaseFault } from '../store/database-fault.js';
import { migrateDown, migrateToLatest } from '../store/migrate.js';
import { visitDatabase } from '../store/provide.js';
import { NotWell } from './outcome.js';
import { type Surroundings } from './surroundings.js';

interface Options {
  json?: boolean;
  down?: boolean;
  dropData?: boolean;
}

/** `celltrail migrate`: brings the schema up to this build; the server does so itself at its start. */
export function migrateCommand({ env, out, err }: Surroundings): Command {
  return new Command('migrate')
    .description("bring the database's schema up to this version (serve does it, too)")
    .option('--down', 'take the last step back instead; needs --drop-data')
    .option('--drop-data', 'agree that what the step made is dropped with its data')
    .option('--json', 'print what was done as JSON')
    .action(async ({ json, down, dropData }: Options) => {
      const { config, warnings } = readConfig(env);
      for (const warning of warnings) err(`celltrail: ${warning}`);
      if (down && !dropData) {
        err('celltrail: --down drops what the last step made, with its data. Add --drop-data if that is meant.');
        throw new NotWell();
      }
      const log = createLog('silent');
      const database = await visitDatabase(config, log);
      try {
        const { steps } = await (down ? migrateDown : migrateToLatest)(database.owner, log);
        for (const line of json ? [JSON.stringify({ direction: down ? 'down' : 'up', steps })] : told(steps, down))
          out(line);
      } catch (error) {
        if (json && error instanceof DatabaseFault) out(JSON.stringify({ error: error.kind, message: error.message, fix: error.fix })); // prettier-ignore
        throw error;
      } finally {
        await database.stop();
      }
    });
}

function told(steps: readonly string[], down = false): string[] {
  if (!steps.length) return [down ? 'There is no step to take back.' : 'The schema is current.'];
  return steps.map(step => `${down ? 'taken back' : 'applied'}  ${step}`);
}
