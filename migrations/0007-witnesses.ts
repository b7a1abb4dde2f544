import { sql, type Kysely } from 'kysely';
import { guard as guardBefore } from './0002-executions.js';

/**
 * Whoever watches a shared kernel tells of runs that others sent; what the sender's own page says counts more, whenever
 * it comes. So a row that a witness told may become the sender's, and its end may be told anew by the sender: each once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await unguard(db);
  await sql`
    ALTER TABLE code_execution_logs ADD COLUMN witnessed boolean NOT NULL DEFAULT false;
    UPDATE code_execution_logs SET witnessed = true WHERE client = 'foreign';
    COMMENT ON TABLE code_execution_logs IS
      'Celltrail: one row per execution that a kernel handled. Rows are inserted, completed once, and taken over once by the sender where a witness was quicker; nothing else.';
    GRANT UPDATE (username, witnessed) ON code_execution_logs TO celltrail_ingest`.execute(db);
  await comment(db, COLUMNS);
  await guard(db);
}

/** Back to rows that stay with whoever told them first. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await unguard(db);
  await sql`
    REVOKE UPDATE (username, witnessed) ON code_execution_logs FROM celltrail_ingest;
    ALTER TABLE code_execution_logs DROP COLUMN witnessed;
    COMMENT ON TABLE code_execution_logs IS
      'Celltrail: one row per execution that a kernel handled. Rows are inserted, and completed once; nothing else.'`.execute(
    db
  );
  await comment(db, COLUMNS_BEFORE);
  await guardBefore(db);
}

const COLUMNS = {
  witnessed:
    'whether its end was told by a page that did not send it: no reply is seen there, and the time is up to idle',
  username:
    'the authenticated person who sent it; where client is foreign, the person whose page saw it: the sender is not known',
  completed_at: 'when the end was committed, or what the sender said of it since; null as long as it is open'
};
const COLUMNS_BEFORE = {
  username: 'the authenticated person whose page sent it',
  completed_at: 'when the end was committed; null as long as it is open'
};

/** Of the table and of the months that are there already: a month made later copies its comments. */
async function comment(db: Kysely<unknown>, columns: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT relid::regclass::text AS name FROM pg_partition_tree('code_execution_logs')`.execute(db);
  for (const { name } of rows)
    for (const [column, words] of Object.entries(columns))
      await sql`COMMENT ON COLUMN ${sql.table(name)}.${sql.id(column)} IS ${sql.lit(words)}`.execute(db);
}

async function unguard(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TRIGGER guard ON code_execution_logs; DROP FUNCTION celltrail_guard_execution()`.execute(db);
}

async function guard(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION celltrail_guard_execution() RETURNS trigger LANGUAGE plpgsql AS $guard$
    DECLARE
      was_open boolean := OLD.status IN ('running', 'unknown');
      claimed boolean := OLD.client IS NOT DISTINCT FROM 'foreign' AND NEW.client IS DISTINCT FROM 'foreign';
      retold boolean := OLD.witnessed AND NOT NEW.witnessed AND NEW.client IS DISTINCT FROM 'foreign';
    BEGIN
      IF ROW(NEW.id, NEW.code, NEW.code_json, NEW.kernel_id, NEW.msg_id, NEW.requested_at, NEW.stored_at)
         IS DISTINCT FROM
         ROW(OLD.id, OLD.code, OLD.code_json, OLD.kernel_id, OLD.msg_id, OLD.requested_at, OLD.stored_at)
         OR (NEW.username IS DISTINCT FROM OLD.username AND NOT claimed)
      THEN
        RAISE EXCEPTION 'who ran what in execution % can not change', OLD.id USING ERRCODE = 'CT003';
      END IF;
      IF was_open THEN
        IF (NEW.status = 'running' OR NEW.status = OLD.status)
           AND NOT (NEW.status = OLD.status AND (claimed OR retold)) THEN
          RAISE EXCEPTION 'execution % can not go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'CT002';
        END IF;
        RETURN NEW;
      END IF;
      IF NOT (claimed OR retold) OR NEW.status IN ('running', 'unknown') THEN
        RAISE EXCEPTION 'execution % is closed (%) and can not change', OLD.id, OLD.status USING ERRCODE = 'CT001';
      END IF;
      -- Whoever claims a run has not told its end by that.
      IF NOT retold AND ROW(NEW.status, NEW.timestamp, NEW.execution_time_ms, NEW.cell_number, NEW.error_message,
                            NEW.error_name, NEW.error_traceback, NEW.error_traceback_length, NEW.output_types,
                            NEW.output_bytes, NEW.reason, NEW.witnessed, NEW.page_id, NEW.page_seq, NEW.observed_at)
         IS DISTINCT FROM ROW(OLD.status, OLD.timestamp, OLD.execution_time_ms, OLD.cell_number, OLD.error_message,
                              OLD.error_name, OLD.error_traceback, OLD.error_traceback_length, OLD.output_types,
                              OLD.output_bytes, OLD.reason, OLD.witnessed, OLD.page_id, OLD.page_seq, OLD.observed_at)
      THEN
        RAISE EXCEPTION 'the end of execution % can not change', OLD.id USING ERRCODE = 'CT001';
      END IF;
      RETURN NEW;
    END $guard$;
    COMMENT ON FUNCTION celltrail_guard_execution() IS
      'Lets an open execution be completed and the sender take over what a witness told; refuses every other change, whoever asks.';
    CREATE TRIGGER guard BEFORE UPDATE ON code_execution_logs
      FOR EACH ROW EXECUTE FUNCTION celltrail_guard_execution()`.execute(db);
}
