import { sql, type Kysely } from 'kysely';

/**
 * The group roles. They belong to the whole cluster, so they may be there already: made by an administrator, by the
 * private database's set-up, or by another database of the same cluster a moment ago.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    DO $roles$
    DECLARE
      wanted text;
    BEGIN
      FOREACH wanted IN ARRAY ARRAY['celltrail_ingest', 'celltrail_reader', 'celltrail_retention'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
          BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
          EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL; -- another database's migration was quicker
            WHEN insufficient_privilege THEN
              RAISE EXCEPTION USING
                ERRCODE = 'insufficient_privilege',
                MESSAGE = format('the database user %I may not create the role %I', current_user, wanted),
                HINT = format(
                  'let an administrator run: CREATE ROLE celltrail_ingest NOLOGIN; CREATE ROLE celltrail_reader NOLOGIN; '
                  'CREATE ROLE celltrail_retention NOLOGIN; GRANT celltrail_ingest, celltrail_reader TO %I;', current_user);
          END;
        END IF;
      END LOOP;
    END $roles$`.execute(db);
  // The login that migrates usually is the one that serves: it must be able to become the two roles that serve.
  await sql`
    DO $become$
    DECLARE
      wanted text;
    BEGIN
      IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN RETURN; END IF;
      FOREACH wanted IN ARRAY ARRAY['celltrail_ingest', 'celltrail_reader'] LOOP
        CONTINUE WHEN pg_has_role(current_user, wanted, 'USAGE');
        BEGIN
          EXECUTE format('GRANT %I TO %I', wanted, current_user);
        EXCEPTION WHEN insufficient_privilege THEN
          RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format('the database user %I is no member of %I', current_user, wanted),
            HINT = format('let an administrator run: GRANT celltrail_ingest, celltrail_reader TO %I;', current_user);
        END;
      END LOOP;
    END $become$`.execute(db);
  await sql`GRANT USAGE ON SCHEMA public TO celltrail_ingest, celltrail_reader, celltrail_retention`.execute(db);
  await sql`
    COMMENT ON TABLE celltrail_migrations IS 'Celltrail: which changes of the schema were made here.';
    COMMENT ON COLUMN celltrail_migrations.name IS 'file in migrations/';
    COMMENT ON COLUMN celltrail_migrations.timestamp IS 'when it was applied, ISO 8601';
    COMMENT ON TABLE celltrail_migrations_lock IS 'Celltrail: kept by the migrator; one row.';
    COMMENT ON COLUMN celltrail_migrations_lock.id IS 'of the one row';
    COMMENT ON COLUMN celltrail_migrations_lock.is_locked IS 'unused on Postgres, which locks by itself';
    GRANT SELECT ON celltrail_migrations TO celltrail_ingest, celltrail_reader, celltrail_retention`.execute(db);
}

/** The roles stay: other databases of the cluster may use them, and people's logins may be members. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    REVOKE SELECT ON celltrail_migrations FROM celltrail_ingest, celltrail_reader, celltrail_retention;
    REVOKE USAGE ON SCHEMA public FROM celltrail_ingest, celltrail_reader, celltrail_retention`.execute(db);
}
