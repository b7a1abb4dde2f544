import { type Kysely } from 'kysely';
import { type Database } from './schema.js';

/** The 32 bytes that all servers of this database share, to seal what they hand out. Never shown. */
export async function serverSecret(db: Kysely<Database>): Promise<Buffer> {
  const { secret } = await db.selectFrom('server_secret').select('secret').executeTakeFirstOrThrow();
  return secret;
}
