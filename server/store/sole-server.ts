import pg from 'pg';
import { DatabaseFault } from './database-fault.js';

/**
 * The lock of the server that a private Postgres serves. It is a lock of that Postgres on a connection of the server's:
 * however the server ends, it is free at that moment, and no process number can be mistaken.
 */
export interface SoleServer {
  release(): Promise<void>;
}

/**
 * Takes the lock.
 * @param connection of the superuser, to the database `postgres`
 * @param onLost the connection broke: the lock is free, and Postgres was perhaps killed
 * @throws DatabaseFault `folder-in-use` when another server has it
 */
export async function becomeSoleServer(connection: string, folder: string, onLost: () => void): Promise<SoleServer> {
  const client = new pg.Client({ connectionString: connection, application_name: 'celltrail serve', keepAlive: true });
  let released = false;
  client.on('error', () => undefined); // 'end' follows
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock(hashtext('celltrail serve')) AS taken"); // prettier-ignore
  if (!rows[0]?.taken) {
    await client.end();
    throw new DatabaseFault(
      'folder-in-use',
      `Another Celltrail server uses the database in ${folder}.`,
      'Stop it, or name another folder in AUDIT_DATA_DIR.'
    );
  }
  client.on('end', () => released || onLost());
  return {
    async release() {
      released = true;
      await client.end();
    }
  };
}
