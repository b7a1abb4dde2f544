import pg from 'pg';
import { DatabaseFault } from './database-fault.js';
import { clientConfig } from './open.js';

/** The oldest Postgres that will do. */
const OLDEST = 15;

/** Where a connection string leads, without its password. */
export interface Place {
  host: string;
  port: number;
  user: string;
  database: string;
}

/** Where a connection string leads, defaults filled in. */
export function placeOf(connection: string): Place {
  const { host, port, user, database } = new pg.Client(connection);
  return { host, port, user: user ?? '', database: database ?? '' };
}

/**
 * Checks that a database can be worked with: it answers, takes the login, is new enough, keeps all of Unicode and can
 * be written.
 * @throws DatabaseFault that names what is wrong and what to do, and never the password
 */
export async function checkExternal(connection: string): Promise<void> {
  await withClient(connection, async client => {
    const { rows } = await client.query<{ version: number; version_text: string; encoding: string; standby: boolean }>(`
      SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_version') AS version_text,
             current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby`);
    const { version, version_text, encoding, standby } = rows[0]!;
    if (version < OLDEST)
      throw new DatabaseFault(
        'too-old',
        `The database runs Postgres ${version_text}.`,
        `Use Postgres ${OLDEST} or later.`
      );
    if (encoding !== 'UTF8')
      throw new DatabaseFault(
        'encoding-wrong',
        `The database has the encoding ${encoding}, which can't hold every code.`,
        "Make one with: CREATE DATABASE celltrail ENCODING 'UTF8' TEMPLATE template0"
      );
    if (standby)
      throw new DatabaseFault('read-only', 'The database is a standby and can only be read.', 'Name the primary in AUDIT_DB_CONNECTION.'); // prettier-ignore
  });
}

/**
 * Checks that the login may act as a role that serves; only after the schema was made, which makes the roles.
 * @throws DatabaseFault `rights-missing`
 */
export async function checkRole(connection: string, role: string): Promise<void> {
  await withClient(connection, async client => {
    try {
      await client.query("SELECT set_config('role', $1, false)", [role]);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== '42501' && code !== '22023') throw error;
      const { user } = placeOf(connection);
      throw new DatabaseFault(
        'rights-missing',
        `The database user ${user} may not act as ${role}.`,
        `Let an administrator run: GRANT ${role} TO ${pg.escapeIdentifier(user)};`,
        error
      );
    }
  });
}

async function withClient(connection: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(clientConfig(connection));
  client.on('error', () => undefined); // the query says it, too
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    throw error instanceof DatabaseFault ? error : explain(error, placeOf(connection));
  } finally {
    await client.end();
  }
}

function explain(error: unknown, { host, port, user, database }: Place): unknown {
  const { code, message } = reasonOf(error);
  if (code === '28P01' || /password must be a string/.test(message))
    return new DatabaseFault(
      'password-refused',
      `The database on ${host}:${port} refuses the password of ${user}.`,
      'Correct it in AUDIT_DB_CONNECTION; percent-encode special characters.',
      error
    );
  if (code === '28000')
    return new DatabaseFault(
      'login-refused',
      `The database on ${host}:${port} does not let ${user} in (${message}).`,
      `Make the user (CREATE ROLE … LOGIN) or admit this machine in pg_hba.conf.`,
      error
    );
  if (code === '3D000')
    return new DatabaseFault(
      'database-missing',
      `There is no database ${database} on ${host}:${port}.`,
      `Let an administrator run: CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${pg.escapeIdentifier(user)} ENCODING 'UTF8';`, // prettier-ignore
      error
    );
  if (code === '42501')
    return new DatabaseFault(
      'rights-missing',
      `The database user ${user} lacks a right: ${message}.`,
      'Grant it.',
      error
    );
  return new DatabaseFault(
    'unreachable',
    `The database on ${host}:${port} does not answer (${code ?? message}).`,
    'Start it, or correct host and port in AUDIT_DB_CONNECTION.',
    error
  );
}

/** A name with several addresses fails with one error per address; the first one's reason is as good as any. */
function reasonOf(error: unknown): { code?: string; message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as { code?: string; message?: string };
  return { code, message: message ?? String(first) };
}
