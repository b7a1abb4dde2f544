import { type Activity, type ExecutionSummary, type Stats } from '@celltrail/protocol';

/** The questions that people ask of their own record. */
export interface Answers {
  /** @param tz IANA time zone whose day is "today"; null for the database's. @throws `field-invalid` for no such zone */
  stats(username: string, tz: string | null): Promise<Stats>;
  /** the last ten runs */
  recentActivity(username: string): Promise<Activity[]>;
  /** the last `limit` runs */
  executions(username: string, limit: number): Promise<ExecutionSummary[]>;
}
