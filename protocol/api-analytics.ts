import { z } from 'zod';
import { EXECUTION_STATUSES } from './status.js';

/** From this many milliseconds on an execution is slow, when nobody says another number. */
export const SLOW_MS = 1000;

const sql = z.string().describe('what an admin can run to get the same from the database');
const duration = z.number().nullable().describe('milliseconds; null where nothing has a time');

const durations = {
  executions: z.int(),
  errors: z.int(),
  success_rate: z.number().nullable().describe('of those that ended, 0 to 1; null when none has'),
  average_ms: duration,
  median_ms: duration,
  p95_ms: duration,
  p99_ms: duration
};

/** A graph of an answer: its rows are its table. */
const graph = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), sql });

const analytics = z.object({
  begins: z.iso.datetime().describe('beginning of the first day asked for'),
  ends: z.iso.datetime().describe('end of the last one'),
  tz: z.string().describe('the time zone whose days and hours these are'),
  step: z.enum(['hour', 'day']).describe('of over_time and queue: hours up to three days'),
  followed_to: z.iso.datetime().nullable().describe('figures count what was stored up to then; null: nothing yet'),
  percentile_error: z
    .number()
    .describe(
      'a percentile or a longest wait is off by at most this share, as 0.0125 for 1.25 %; 0: exact, which it is where rows are few'
    ),
  totals: z.object({ ...durations, people: z.int(), notebooks: z.int() }),
  over_time: graph(
    z.object({
      at: z.iso.datetime(),
      executions: z.int(),
      errors: z.int(),
      error_rate: z.number().nullable().describe('of those that ended')
    })
  ).describe('one row per hour or day, also where nothing ran'),
  by_user: graph(z.object({ username: z.string(), ...durations })).describe('the busiest 100'),
  by_notebook: graph(z.object({ notebook_path: z.string().nullable(), ...durations })).describe('the busiest 100'),
  slow: graph(
    z.object({
      id: z.guid(),
      username: z.string(),
      timestamp: z.iso.datetime(),
      notebook_path: z.string().nullable(),
      cell_number: z.int().nullable(),
      code_preview: z.string().describe('the first 200 characters'),
      status: z.enum(EXECUTION_STATUSES),
      execution_time_ms: z.number()
    })
  )
    .extend({
      threshold_ms: z
        .number()
        .describe('as asked; below a second, where rows are many, the next lower one of 2 to 5 % steps'),
      executions: z.int().describe('that took at least so long')
    })
    .describe('the slowest 50'),
  heat: graph(
    z.object({
      weekday: z.int().describe('1 is Monday, 7 Sunday'),
      hour: z.int(),
      executions: z.int(),
      errors: z.int()
    })
  ).describe('hours in which something ran'),
  frequent_errors: graph(
    z.object({
      error_name: z.string(),
      executions: z.int(),
      people: z.int(),
      last_at: z.iso.datetime(),
      example_id: z.guid().describe('the last one'),
      example_message: z.string().nullable()
    })
  ).describe('the most frequent 20'),
  queue: graph(
    z.object({
      at: z.iso.datetime(),
      executions: z.int(),
      average_ms: duration,
      p95_ms: duration,
      longest_ms: duration
    })
  ).describe('waiting between request and beginning, where it is known')
});

/** Figures of executions in a range of days. */
export type Analytics = z.infer<typeof analytics>;

/** Analytics. */
export const ANALYTICS_ROUTES = {
  getAnalytics: {
    method: 'get',
    path: '/api/analytics',
    role: 'analyst',
    query: z.object({
      from: z.iso.date().optional().describe('first day, YYYY-MM-DD; six days before the last by default'),
      to: z.iso.date().optional().describe('last day; today by default'),
      tz: z.string().max(64).optional().describe("IANA time zone; the database's by default"),
      user: z.string().max(256).optional().describe("whose; auditors and admins see everyone's by default"),
      notebook: z.string().max(4096).optional(),
      slower_than: z.coerce.number().min(0).max(1e9).default(SLOW_MS).describe('milliseconds')
    }),
    answer: analytics,
    says: "Times, errors and peaks of executions: your own, or everyone's for auditors and admins."
  }
} as const;

/** Their schemas that OpenAPI names. */
export const ANALYTICS_SCHEMAS = { Analytics: analytics } as const;
