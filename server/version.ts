import { readFileSync } from 'node:fs';

/** The version of this server, as its package says. */
export const SERVER_VERSION = readVersion();

/** Compiled, this file lies two folders below the package; as source, beside its package.json. */
function readVersion(): string {
  for (const place of ['./package.json', '../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as {
        name?: string;
        version: string;
      };
      if (found.name === '@celltrail/server') return found.version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of @celltrail/server is missing');
}
