import { resolve } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { DatabaseFault } from '../store/database-fault.js';
import { upgradeRecord, type Upgraded } from '../store/upgrade.js';
import { type Surroundings } from './surroundings.js';

interface Options {
  from: string;
  binaries?: string;
  json?: boolean;
}

/** `celltrail upgrade`: the record of a private Postgres of another major version, brought into a new folder. */
export function upgradeCommand({ env, out, err }: Surroundings): Command {
  return new Command('upgrade')
    .description("bring an older version's private database over into AUDIT_DATA_DIR; the old folder stays as it is")
    .requiredOption('--from <folder>', 'AUDIT_DATA_DIR of the older version')
    .option('--binaries <folder>', "folder of that major version's Postgres programs, where they are not found")
    .option('--json', 'print what was done as JSON')
    .action(async ({ from, binaries, json }: Options) => {
      const { config, warnings } = readConfig(env);
      for (const warning of warnings) err(`celltrail: ${warning}`);
      if (config.dbConnection !== null)
        throw new DatabaseFault('upgrade-failed', 'AUDIT_DB_CONNECTION names a database, and upgrade is for the private one.', 'Unset it, and name the new folder in AUDIT_DATA_DIR.'); // prettier-ignore
      const told = new AbortController();
      const onSignal = (): void => told.abort(interrupted());
      for (const signal of SIGNALS) process.on(signal, onSignal);
      try {
        const options = { from: resolve(from), into: config.dataDir, binaries: binaries ?? null, signal: told.signal };
        const done = await upgradeRecord(options, createLog(config.logLevel));
        for (const line of json ? [JSON.stringify(done)] : words(done, options)) out(line);
      } catch (error) {
        // A stream that is aborted says so in words of its own.
        throw told.signal.aborted ? told.signal.reason : error;
      } finally {
        for (const signal of SIGNALS) process.off(signal, onSignal);
      }
    });
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function interrupted(): DatabaseFault {
  return new DatabaseFault('upgrade-failed', 'The upgrade was interrupted.', 'Nothing was changed; start it again.');
}

function words({ from, to, tables }: Upgraded, folders: { from: string; into: string }): string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `Postgres ${from} → ${to}: ${rows} rows in ${tables.length} tables, counted and compared.`,
    `The record is in ${folders.into} now; ${folders.from} is as it was. Keep it until you have seen that all is well.`
  ];
}
