import { type Generated } from 'kysely';
import { type Anomaly, type AnomalyKind, type ExecutionClient, type ExecutionStatus, type Role, type Verdict } from '@celltrail/protocol'; // prettier-ignore

/** An instant as the store hands it out: ISO 8601 in UTC with all the microseconds that Postgres keeps. */
export type Instant = string;

/** One execution. What each column says stands in its comment: `\d+ code_execution_logs`. */
export interface ExecutionTable {
  id: string;
  username: string;
  cell_number: number | null;
  code: string;
  execution_time_ms: number | null;
  status: ExecutionStatus;
  error_message: string | null;
  timestamp: Instant;
  notebook_path: string | null;
  cell_id: string | null;
  client: ExecutionClient | null;
  kernel_id: string;
  kernel_name: string | null;
  msg_id: string;
  session_id: string | null;
  requested_at: Instant;
  queued_ms: number | null;
  silent: boolean | null;
  store_history: boolean | null;
  error_name: string | null;
  error_traceback: string | null;
  error_traceback_length: number | null;
  output_types: string[] | null;
  output_bytes: number | null;
  reason: string | null;
  code_json: string | null;
  witnessed: boolean;
  page_id: string;
  page_seq: number;
  observed_at: Instant;
  stored_at: Generated<Instant>;
  completed_at: Instant | null;
}

/** One event that is not an execution. */
export interface EventTable {
  id: string;
  type: string;
  username: string;
  observed_at: Instant;
  stored_at: Generated<Instant>;
  page_id: string | null;
  page_seq: number | null;
  kernel_id: string | null;
  body: Record<string, unknown>;
}

/** Figures of one person, one quarter of an hour and one status. */
export interface RollupTable {
  username: string;
  bucket: Instant;
  status: ExecutionStatus;
  executions: number;
  total_time_ms: number;
}

/** One Lab tab as it last said it stands. */
export interface PresenceTable {
  page_id: string;
  username: string;
  extension_version: string;
  lab_version: string | null;
  capturing: boolean;
  fault: string | null;
  browser_id: string | null;
  keeping: 'disk' | 'memory' | 'full' | null;
  waiting: number;
  refused: number;
  first_seen: Generated<Instant>;
  last_seen: Generated<Instant>;
}

/** Which numbers of one page's events were answered. */
export interface SequenceTable {
  page_id: string;
  username: string;
  told: number | null;
  /** an int8multirange, as text */
  arrived: string;
  next_missing: Generated<number>;
  hole_since: Instant | null;
  heard_at: Generated<Instant>;
}

/** One token that may come in. */
export interface TokenTable {
  id: Generated<string>;
  name: string;
  username: string;
  /** null: what the configuration says of the person */
  role: Role | null;
  /** SHA-256 of the token */
  hash: Buffer;
  created_at: Generated<Instant>;
  created_by: string;
  expires_at: Instant | null;
  revoked_at: Instant | null;
  revoked_by: string | null;
}

/** One browser that signed in. */
export interface SessionTable {
  /** SHA-256 of the cookie */
  hash: Buffer;
  token_id: string;
  created_at: Generated<Instant>;
  expires_at: Instant;
}

/** One alert. */
export interface AnomalyTable {
  id: string;
  kind: AnomalyKind;
  username: string;
  begins: Instant;
  ends: Instant;
  found_at: Generated<Instant>;
  figure: number;
  unit: Anomaly['unit'];
  normal: Anomaly['normal'];
  names: string[];
  evidence: string[];
  evidence_count: number;
  grown_at: Instant | null;
}

/** What one reviewer said of one alert. */
export interface VerdictTable {
  id: Generated<string>;
  anomaly_id: string;
  verdict: Verdict | null;
  comment: string | null;
  said_by: string;
  said_at: Generated<Instant>;
  figure: number | null;
  evidence_count: number | null;
  grown_at: Instant | null;
}

/** The tables of the store, for Kysely. */
export interface Database {
  code_execution_logs: ExecutionTable;
  audit_events: EventTable;
  execution_rollups: RollupTable;
  page_presence: PresenceTable;
  page_sequences: SequenceTable;
  access_tokens: TokenTable;
  access_sessions: SessionTable;
  server_secret: { one: boolean; secret: Buffer };
  anomalies: AnomalyTable;
  anomaly_verdicts: VerdictTable;
}
