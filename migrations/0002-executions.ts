import { sql, type Kysely } from 'kysely';

/** The rows themselves: one per execution, partitioned by the month of the request, which the id begins with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTable(db);
  await comment(db);
  await guard(db);
  await grant(db);
}

/** Drops every execution on record. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE code_execution_logs; DROP FUNCTION celltrail_guard_execution()`.execute(db);
}

async function makeTable(db: Kysely<unknown>): Promise<void> {
  // Nothing but the id is unique: on Citus a unique constraint has to hold the distribution column, which is the id.
  await sql`
    CREATE TABLE code_execution_logs (
      id uuid PRIMARY KEY,
      username text NOT NULL,
      cell_number bigint,
      code text NOT NULL,
      execution_time_ms double precision,
      status text NOT NULL CHECK (status IN ('running', 'success', 'error', 'interrupted', 'aborted', 'kernel_died',
                                             'kernel_restarted', 'unknown')),
      error_message text,
      timestamp timestamptz NOT NULL,
      notebook_path text,
      cell_id text,
      client text,
      kernel_id text NOT NULL,
      kernel_name text,
      msg_id text NOT NULL,
      session_id text,
      requested_at timestamptz NOT NULL,
      queued_ms double precision,
      silent boolean,
      store_history boolean,
      error_name text,
      error_traceback text,
      error_traceback_length bigint,
      output_types text[],
      output_bytes bigint,
      reason text,
      code_json text,
      page_id uuid NOT NULL,
      page_seq bigint NOT NULL,
      observed_at timestamptz NOT NULL,
      stored_at timestamptz NOT NULL DEFAULT now(),
      completed_at timestamptz,
      CONSTRAINT completed_when_closed CHECK ((completed_at IS NULL) = (status IN ('running', 'unknown')))
    ) PARTITION BY RANGE (id);
    CREATE TABLE code_execution_logs_default PARTITION OF code_execution_logs DEFAULT;
    COMMENT ON TABLE code_execution_logs_default IS
      'Executions whose request date has no month of its own here: a clock that is wrong, or a month long past.';
    CREATE INDEX code_execution_logs_username_timestamp ON code_execution_logs (username, timestamp DESC);
    CREATE INDEX code_execution_logs_timestamp ON code_execution_logs (timestamp DESC);
    CREATE INDEX code_execution_logs_open ON code_execution_logs (kernel_id) WHERE status IN ('running', 'unknown')`.execute(
    db
  );
}

async function comment(db: Kysely<unknown>): Promise<void> {
  await sql`
    COMMENT ON TABLE code_execution_logs IS
      'Celltrail: one row per execution that a kernel handled. Rows are inserted, and completed once; nothing else.'`.execute(
    db
  );
  for (const [column, words] of Object.entries(COLUMNS))
    await sql`COMMENT ON COLUMN code_execution_logs.${sql.id(column)} IS ${sql.lit(words)}`.execute(db);
}

/** Makes the guard of closed rows; 0007 puts another in its place. */
export async function guard(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION celltrail_guard_execution() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN
      IF OLD.status NOT IN ('running', 'unknown') THEN
        RAISE EXCEPTION 'execution % is closed (%) and can not change', OLD.id, OLD.status USING ERRCODE = 'CT001';
      END IF;
      IF NEW.status = 'running' OR NEW.status = OLD.status THEN
        RAISE EXCEPTION 'execution % can not go from % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'CT002';
      END IF;
      IF ROW(NEW.id, NEW.username, NEW.code, NEW.code_json, NEW.kernel_id, NEW.msg_id, NEW.requested_at, NEW.stored_at)
         IS DISTINCT FROM
         ROW(OLD.id, OLD.username, OLD.code, OLD.code_json, OLD.kernel_id, OLD.msg_id, OLD.requested_at, OLD.stored_at)
      THEN
        RAISE EXCEPTION 'who ran what in execution % can not change', OLD.id USING ERRCODE = 'CT003';
      END IF;
      RETURN NEW;
    END $guard$;
    COMMENT ON FUNCTION celltrail_guard_execution() IS
      'Lets an open execution be completed and refuses every other change, whoever asks.';
    CREATE TRIGGER guard BEFORE UPDATE ON code_execution_logs
      FOR EACH ROW EXECUTE FUNCTION celltrail_guard_execution()`.execute(db);
}

async function grant(db: Kysely<unknown>): Promise<void> {
  await sql`
    GRANT SELECT, INSERT ON code_execution_logs TO celltrail_ingest;
    GRANT UPDATE (${sql.join(COMPLETED.map(column => sql.id(column)))}) ON code_execution_logs TO celltrail_ingest;
    GRANT SELECT ON code_execution_logs TO celltrail_reader;
    GRANT SELECT, DELETE ON code_execution_logs TO celltrail_retention`.execute(db);
}

/** What the end of an execution may fill in. */
const COMPLETED = [
  'cell_number',
  'execution_time_ms',
  'status',
  'error_message',
  'timestamp',
  'notebook_path',
  'cell_id',
  'client',
  'kernel_name',
  'session_id',
  'queued_ms',
  'silent',
  'store_history',
  'error_name',
  'error_traceback',
  'error_traceback_length',
  'output_types',
  'output_bytes',
  'reason',
  'page_id',
  'page_seq',
  'observed_at',
  'completed_at'
];

const COLUMNS = {
  id: 'UUIDv8: Unix ms of the request (48 bits), then a hash of kernel_id and msg_id; the same from every observer',
  username: 'the authenticated person whose page sent it',
  cell_number: "the kernel's execution_count, the number in brackets beside the cell",
  code: 'what was sent to the kernel, whole; see code_json where it holds what Postgres text can not',
  execution_time_ms: 'milliseconds the kernel took, without waiting in its queue',
  status:
    'running, success, error, interrupted, aborted (never ran), kernel_died, kernel_restarted, unknown (end not seen)',
  error_message: 'name and text of the error',
  timestamp: 'when the kernel began; for a run that never began, when it was requested',
  notebook_path: "the notebook's path in the Jupyter server, as it was then",
  cell_id: "the cell's id in its notebook",
  client: 'where it came from: notebook, console, editor, foreign (another client of the kernel), background, agent',
  kernel_id: "the kernel's id in the Jupyter server",
  kernel_name: 'the kernel specification, as python3',
  msg_id: 'id of the execute_request; with kernel_id the identity of the execution',
  session_id: "session of the request's header: which client sent it",
  requested_at: "date of the request's header, by the client's clock",
  queued_ms: 'milliseconds from the request to the beginning',
  silent: 'asked to run without a trace in the front ends',
  store_history: "whether it was to enter the kernel's history; a run that was not has no cell_number of its own",
  error_name: 'class of the error, as ZeroDivisionError',
  error_traceback: 'without ANSI codes, cut at 64 Ki characters',
  error_traceback_length: 'its length before it was cut',
  output_types: 'MIME types that were displayed; never the content',
  output_bytes: 'bytes that were displayed; for large outputs a lower bound',
  reason: 'why the status is unknown, or how long a code was that had to be cut',
  code_json: 'the exact code as a JSON string, where it holds NUL or lone surrogates that code shows as replacements',
  page_id: 'the Lab tab that told it',
  page_seq: 'number of the event in its page, without holes',
  observed_at: "when the page made the event, by the page's clock",
  stored_at: 'when the row was first committed',
  completed_at: 'when the end was committed; null as long as it is open'
};
