import { sql, type Kysely } from 'kysely';

/**
 * Who may come in with what: tokens, the browsers' sessions they opened, and the secret by which this installation's
 * servers know their own seals. Secrets are kept as SHA-256 of what was shown: they have 256 random bits, so nothing
 * slower is needed. Readers get no right on any of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTokens(db);
  await makeSessions(db);
  await makeSecret(db);
  await makeIndexes(db);
}

/** Drops every token and session: nobody is signed in any more. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    DROP INDEX code_execution_logs_kernel_timestamp, code_execution_logs_cell_timestamp;
    DROP TABLE server_secret;
    DROP TABLE access_sessions;
    DROP TABLE access_tokens`.execute(db);
}

async function makeTokens(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE access_tokens (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      name text NOT NULL,
      username text NOT NULL CHECK (username <> ''),
      role text CHECK (role IN ('analyst', 'auditor', 'admin')),
      hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by text NOT NULL,
      expires_at timestamptz,
      revoked_at timestamptz,
      revoked_by text
    );
    CREATE UNIQUE INDEX access_tokens_name ON access_tokens (name) WHERE revoked_at IS NULL;
    COMMENT ON TABLE access_tokens IS 'Celltrail: the tokens that may come in, in identity mode token.';
    COMMENT ON COLUMN access_tokens.id IS 'of the token; what events about it name';
    COMMENT ON COLUMN access_tokens.name IS 'what people call it; one that is not revoked has its name for itself';
    COMMENT ON COLUMN access_tokens.username IS 'whom the server takes its bearer for';
    COMMENT ON COLUMN access_tokens.role IS 'what it may do; null: what AUDIT_ADMINS and AUDIT_AUDITORS say of the person';
    COMMENT ON COLUMN access_tokens.hash IS 'SHA-256 of the token; the token itself is nowhere';
    COMMENT ON COLUMN access_tokens.created_at IS 'when it was made';
    COMMENT ON COLUMN access_tokens.created_by IS 'who made it';
    COMMENT ON COLUMN access_tokens.expires_at IS 'from when on it is refused; null: never';
    COMMENT ON COLUMN access_tokens.revoked_at IS 'from when on it is refused because somebody said so';
    COMMENT ON COLUMN access_tokens.revoked_by IS 'who said so';
    GRANT SELECT, INSERT ON access_tokens TO celltrail_ingest;
    GRANT UPDATE (revoked_at, revoked_by) ON access_tokens TO celltrail_ingest;
    GRANT SELECT (id, name, revoked_at, expires_at), DELETE ON access_tokens TO celltrail_retention`.execute(db);
}

async function makeSessions(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE access_sessions (
      hash bytea PRIMARY KEY CHECK (length(hash) = 32),
      token_id uuid NOT NULL REFERENCES access_tokens ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX access_sessions_expires_at ON access_sessions (expires_at);
    CREATE INDEX access_sessions_token_id ON access_sessions (token_id);
    COMMENT ON TABLE access_sessions IS 'Celltrail: browsers that signed in with a token; a session ends with its token.';
    COMMENT ON COLUMN access_sessions.hash IS 'SHA-256 of the cookie; the cookie itself is nowhere';
    COMMENT ON COLUMN access_sessions.token_id IS 'the token it was opened with';
    COMMENT ON COLUMN access_sessions.created_at IS 'when the browser signed in';
    COMMENT ON COLUMN access_sessions.expires_at IS 'from when on it is refused';
    GRANT SELECT, INSERT, DELETE ON access_sessions TO celltrail_ingest;
    GRANT SELECT (token_id, expires_at), DELETE ON access_sessions TO celltrail_retention`.execute(db);
}

async function makeSecret(db: Kysely<unknown>): Promise<void> {
  // gen_random_uuid is Postgres' own strong source, which needs no extension: 122 random bits each.
  await sql`
    CREATE TABLE server_secret (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      secret bytea NOT NULL
    );
    INSERT INTO server_secret (secret)
    SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
    COMMENT ON TABLE server_secret IS
      'Celltrail: one secret that all servers of this database share, to seal what they hand out and take back.';
    COMMENT ON COLUMN server_secret.one IS 'keeps it one row';
    COMMENT ON COLUMN server_secret.secret IS '32 random bytes';
    GRANT SELECT ON server_secret TO celltrail_ingest`.execute(db);
}

/** What stands around one execution is asked by its kernel and by its cell. */
async function makeIndexes(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE INDEX code_execution_logs_kernel_timestamp ON code_execution_logs (kernel_id, timestamp);
    CREATE INDEX code_execution_logs_cell_timestamp ON code_execution_logs (cell_id, timestamp) WHERE cell_id IS NOT NULL`.execute(
    db
  );
}
