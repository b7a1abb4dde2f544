import pg from 'pg';
import { EMBEDDED_DATABASE, type Login } from './embedded-folder.js';

/**
 * Gives a private Postgres its logins and its database, where they are missing. The group roles log in themselves here;
 * the owner makes the schema and serves nobody.
 * @param connection of the superuser, to the database `postgres`
 */
export async function bootstrap(connection: string, passwords: Readonly<Record<Login, string>>): Promise<void> {
  const client = new pg.Client({ connectionString: connection });
  client.on('error', () => undefined); // the query says it, too
  await client.connect();
  try {
    await makeLogin(client, 'celltrail_owner', passwords.celltrail_owner, 'CREATEROLE');
    for (const role of ['celltrail_ingest', 'celltrail_reader'] as const) {
      await makeLogin(client, role, passwords[role], '');
      await client.query(`GRANT ${role} TO celltrail_owner`);
    }
    await makeRole(client, 'celltrail_retention');
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${EMBEDDED_DATABASE} OWNER celltrail_owner`);
    await client.query(`REVOKE ALL ON DATABASE ${EMBEDDED_DATABASE} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${EMBEDDED_DATABASE} TO celltrail_ingest, celltrail_reader`);
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (!rowCount) await client.query(`CREATE ROLE ${role} NOLOGIN`);
}

async function makeLogin(client: pg.Client, role: Login, password: string, rights: string): Promise<void> {
  await makeRole(client, role);
  await client.query(`ALTER ROLE ${role} LOGIN ${rights} PASSWORD ${client.escapeLiteral(password)}`);
}
