import type { ExecutionClient } from './status.js';
import type { ExecutionStatus } from './status.js';

/** A run as the live wall is told of it: without its code, which is asked for where it is shown. */
export interface LiveRun {
  id: string;
  username: string;
  notebook_path: string | null;
  cell_number: number | null;
  client: ExecutionClient | null;
  status: ExecutionStatus;
  timestamp: string;
  execution_time_ms: number | null;
}

/** What `GET /api/v1/live?of=everyone` sends: runs that began, ended or were told anew since what it sent before. */
export interface LiveRuns {
  runs: LiveRun[];
  /** there were more of them, or nobody knows since when: ask again what you show */
  more: boolean;
}
