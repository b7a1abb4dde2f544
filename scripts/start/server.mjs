import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../places.mjs';

/**
 * Starts the audit server. It is up when it answers at `/readyz`.
 * @param {import('./children.mjs').Children} children
 * @param {{ env: NodeJS.ProcessEnv, data: string, port: number, user: string, labUrl: string, logFile: string }} server
 */
export function startServer(children, { env, data, port, user, labUrl, logFile }) {
  return children.start({
    name: 'The audit server',
    command: process.execPath,
    args: [join(ROOT, 'server', 'bin', 'celltrail.js'), 'serve', '--json'],
    cwd: ROOT,
    env: {
      ...env,
      AUDIT_PORT: String(port),
      AUDIT_USER: user,
      AUDIT_DATA_DIR: data,
      AUDIT_LAB_URL: env.AUDIT_LAB_URL || labUrl
    },
    logFile
  });
}

/**
 * Where everything is, as the server wrote it in one line of JSON among its log when it was up.
 * @param {string} logFile
 * @returns {Promise<{ portal?: string, psql?: string }>} empty where it wrote none
 */
export async function whereabouts(logFile) {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter(line => /^\{.*"psql":/.test(line));
  return lines.length ? JSON.parse(lines[0]) : {};
}
