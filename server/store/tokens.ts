import { sql, type Kysely, type Selectable } from 'kysely';
import { type Role } from '@celltrail/protocol';
import { type Database, type Instant, type TokenTable } from './schema.js';

/** A token as people may see it: everything but its hash. */
export type TokenRow = Omit<Selectable<TokenTable>, 'hash'>;

/** What a bearer of a known secret is, and whether it still counts. */
export interface Bearer {
  token_id: string;
  username: string;
  /** null: what the configuration says of the person */
  role: Role | null;
  state: 'valid' | 'expired' | 'revoked' | 'ended';
}

const COLUMNS = ['id', 'name', 'username', 'role', 'created_at', 'created_by', 'expires_at', 'revoked_at', 'revoked_by'] as const; // prettier-ignore
const STATE = sql`CASE WHEN t.revoked_at IS NOT NULL THEN 'revoked' WHEN t.expires_at <= now() THEN 'expired'`;

/** Whose token that is. @param hash SHA-256 of it @returns undefined for one that never was */
export async function findToken(db: Kysely<Database>, hash: Buffer): Promise<Bearer | undefined> {
  const { rows } = await sql<Bearer>`
    SELECT t.id AS token_id, t.username, t.role, ${STATE} ELSE 'valid' END AS state
      FROM access_tokens AS t WHERE t.hash = ${hash}`.execute(db);
  return rows[0];
}

/** Whose session that is: it counts as long as it and its token do. @param hash SHA-256 of the cookie */
export async function findSession(db: Kysely<Database>, hash: Buffer): Promise<Bearer | undefined> {
  const { rows } = await sql<Bearer>`
    SELECT t.id AS token_id, t.username, t.role, ${STATE} WHEN s.expires_at <= now() THEN 'ended' ELSE 'valid' END AS state
      FROM access_sessions AS s JOIN access_tokens AS t ON t.id = s.token_id WHERE s.hash = ${hash}`.execute(db);
  return rows[0];
}

/** Remembers a browser that signed in, and forgets those whose time is over. */
export async function openSession(db: Kysely<Database>, hash: Buffer, tokenId: string, maxAgeS: number): Promise<void> {
  await sql`DELETE FROM access_sessions WHERE expires_at <= now()`.execute(db);
  await sql`
    INSERT INTO access_sessions (hash, token_id, expires_at)
    VALUES (${hash}, ${tokenId}, now() + make_interval(secs => ${maxAgeS}))`.execute(db);
}

/** Forgets a browser. */
export async function closeSession(db: Kysely<Database>, hash: Buffer): Promise<void> {
  await db.deleteFrom('access_sessions').where('hash', '=', hash).execute();
}

/** What a new token is to be. */
export interface NewToken {
  name: string;
  username: string;
  role: Role | null;
  hash: Buffer;
  created_by: string;
  expires_at: Instant | null;
}

/** Keeps a new token. @returns undefined where a token that is not revoked has that name already */
export async function insertToken(db: Kysely<Database>, token: NewToken): Promise<TokenRow | undefined> {
  return db
    .insertInto('access_tokens')
    .values(token)
    .onConflict(conflict => conflict.column('name').where('revoked_at', 'is', null).doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** The roles of a person's tokens that are valid; null: what the configuration says of the person. */
export async function tokenRolesOf(db: Kysely<Database>, username: string): Promise<(Role | null)[]> {
  const { rows } = await sql<{ role: Role | null }>`
    SELECT DISTINCT role FROM access_tokens
     WHERE username = ${username} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`.execute(db);
  return rows.map(({ role }) => role);
}

/** Every token, the newest first. */
export async function listTokens(db: Kysely<Database>): Promise<TokenRow[]> {
  return db.selectFrom('access_tokens').select(COLUMNS).orderBy('created_at', 'desc').orderBy('id').execute();
}

/** Revokes the token of that name. @returns undefined where there is none that is not revoked already */
export async function revokeToken(db: Kysely<Database>, name: string, by: string): Promise<TokenRow | undefined> {
  return db
    .updateTable('access_tokens')
    .set({ revoked_at: sql<string>`now()`, revoked_by: by })
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst();
}
