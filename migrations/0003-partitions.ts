import { sql, type Kysely } from 'kysely';

/**
 * A partition per month of ids. The ingest role may not create tables, so it asks a function of the owner's for the
 * coming months; the server does, at its start and every day.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION celltrail_lowest_id(at timestamptz) RETURNS uuid LANGUAGE sql STABLE STRICT AS $$
      SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
    $$;
    COMMENT ON FUNCTION celltrail_lowest_id(timestamptz) IS
      'The smallest id that an execution requested at that time can have: ranges of ids are ranges of time.'`.execute(
    db
  );
  await sql`
    CREATE FUNCTION celltrail_make_partitions(months_ahead integer DEFAULT 3) RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $make$
    DECLARE
      begins timestamp;
      made text;
      lowest uuid;
      beyond uuid;
    BEGIN
      IF months_ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'months_ahead must lie between 0 and 24' USING ERRCODE = 'invalid_parameter_value';
      END IF;
      PERFORM pg_advisory_xact_lock(hashtext('celltrail_make_partitions'));
      -- From the month before: what waited in an outbox over the turn of the month has a home, too.
      FOR step IN -1..months_ahead LOOP
        begins := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step);
        made := 'code_execution_logs_' || to_char(begins, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || made) IS NOT NULL;
        lowest := celltrail_lowest_id(begins AT TIME ZONE 'UTC');
        beyond := celltrail_lowest_id((begins + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TABLE %I (LIKE code_execution_logs INCLUDING ALL, '
                       'CONSTRAINT in_month CHECK (id >= %L AND id < %L))', made, lowest, beyond);
        EXECUTE format('COMMENT ON TABLE %I IS %L', made, to_char(begins, '"Executions requested in "YYYY-MM" (UTC)."'));
        -- ATTACH refuses a range that the default partition holds rows of: they move, in this transaction.
        LOCK TABLE code_execution_logs_default IN ACCESS EXCLUSIVE MODE;
        EXECUTE format('WITH strays AS (DELETE FROM code_execution_logs_default WHERE id >= %L AND id < %L RETURNING *) '
                       'INSERT INTO %I SELECT * FROM strays', lowest, beyond, made);
        -- ATTACH locks the whole table less than CREATE … PARTITION OF would: ingest and reports go on.
        EXECUTE format('ALTER TABLE code_execution_logs ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       made, lowest, beyond);
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT in_month', made);
        RETURN NEXT made;
      END LOOP;
    END $make$;
    COMMENT ON FUNCTION celltrail_make_partitions(integer) IS
      'Makes the partitions of the last, this and the coming months where they are missing, and returns their names.';
    REVOKE ALL ON FUNCTION celltrail_make_partitions(integer) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION celltrail_make_partitions(integer) TO celltrail_ingest`.execute(db);
  await sql`SELECT celltrail_make_partitions()`.execute(db);
}

/** The months stay with the table, which the step before drops. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    DROP FUNCTION celltrail_make_partitions(integer);
    DROP FUNCTION celltrail_lowest_id(timestamptz)`.execute(db);
}
