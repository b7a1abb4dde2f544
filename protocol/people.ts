import { z } from 'zod';
import { ownedSummary } from './executions.js';
import { EXECUTION_STATUSES } from './status.js';

/**
 * How a person's recording stands: `recording` (a page is open and records), `off` (a page is open and one of theirs
 * does not record, or misses runs), `silent` (no page is open).
 */
export const CAPTURE_STATES = ['recording', 'off', 'silent'] as const;

/** One of {@link CAPTURE_STATES}. */
export type CaptureState = (typeof CAPTURE_STATES)[number];

const userActivity = z.object({
  user: z.string(),
  executions: z.int(),
  last_active: z.iso.datetime().nullable()
});

/** One line of the wished `/api/admin/all-activity`. */
export type UserActivity = z.infer<typeof userActivity>;

const person = z.object({
  username: z.string(),
  executions: z.int(),
  errors: z.int(),
  error_rate: z.number().nullable().describe('of the runs that ended, 0 to 1; null when none has'),
  last_active: z.iso.datetime().nullable(),
  capture: z.enum(CAPTURE_STATES),
  days: z.array(z.int()).length(14).describe('executions of the last 14 days, today last')
});

/** One person as the admin's list shows them. */
export type Person = z.infer<typeof person>;

const openPage = z.object({
  page_id: z.guid(),
  username: z.string(),
  extension_version: z.string(),
  lab_version: z.string().nullable(),
  capturing: z.boolean(),
  fault: z.string().nullable().describe('why it may miss runs although it records'),
  waiting: z.int(),
  refused: z.int(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  open: z.boolean().describe('whether it spoke within the last two minutes')
});

/** A Lab tab as it last said it stands. */
export type OpenPage = z.infer<typeof openPage>;

const personDetail = z.object({
  person,
  statuses: z.array(z.object({ status: z.enum(EXECUTION_STATUSES), executions: z.int() })),
  notebooks: z
    .array(z.object({ notebook_path: z.string().nullable(), executions: z.int(), errors: z.int() }))
    .describe('of the last 14 days, the most used first; 10 at most'),
  errors: z
    .array(z.object({ error_name: z.string().nullable(), times: z.int() }))
    .describe('of the last 14 days, the most frequent first; 10 at most'),
  hours: z
    .array(z.object({ weekday: z.int().min(1).max(7), hour: z.int().min(0).max(23), executions: z.int() }))
    .describe('of the last 90 days: when this person works; ISO weekdays, Monday is 1'),
  pages: z.array(openPage),
  latest: z.array(ownedSummary).describe('the last 20 runs')
});

/** What a person's page shows. */
export type PersonDetail = z.infer<typeof personDetail>;

const runningNow = ownedSummary.extend({
  kernel_id: z.string(),
  kernel_name: z.string().nullable(),
  running_ms: z.number().describe('how long it has run, by the server’s clock'),
  page_open: z.boolean().describe('whether the page that told it still speaks; else its end may never be told')
});

/** One run that goes on now. */
export type RunningNow = z.infer<typeof runningNow>;

const coverage = z.object({
  open: z.int().describe('Lab pages open now'),
  recording: z.int().describe('of these, how many record and miss nothing'),
  uncovered: z.array(openPage).describe('open pages that do not record, or miss runs'),
  waiting: z.array(openPage).describe('pages that went quiet with events that were not stored, of the last 7 days')
});

/** Who has Lab open, and how much of it is recorded. */
export type Coverage = z.infer<typeof coverage>;

const zone = z.object({
  tz: z.string().max(64).optional().describe("IANA time zone of days; the database's by default")
});

/** Routes of those who look after many people. */
export const PEOPLE_ROUTES = {
  getAllActivity: {
    method: 'get',
    path: '/api/admin/all-activity',
    role: 'admin',
    answer: z.array(userActivity),
    says: 'Every person with their executions and when they were last active, the latest first.'
  },
  getPeople: {
    method: 'get',
    path: '/api/v1/people',
    role: 'auditor',
    query: zone.extend({
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: z.string().max(1024).optional().describe('`next` of the page before')
    }),
    answer: z.object({ items: z.array(person), next: z.string().nullable() }),
    says: 'People with their figures, capture state and the last 14 days; the latest active first, page by page.'
  },
  getPerson: {
    method: 'get',
    path: '/api/v1/people/:user',
    role: 'auditor',
    params: z.object({ user: z.string().min(1).max(255) }),
    query: zone,
    answer: personDetail,
    says: "One person's page; that it was read goes on record."
  },
  getRunning: {
    method: 'get',
    path: '/api/v1/running',
    role: 'auditor',
    answer: z.array(runningNow),
    says: 'What runs now, the longest first; 200 at most. That it was read goes on record.'
  },
  getCoverage: {
    method: 'get',
    path: '/api/v1/coverage',
    role: 'auditor',
    answer: coverage,
    says: 'Who has Lab open without being recorded, and whose events did not come.'
  }
} as const;

/** A page of people, the latest active first. */
export type PeoplePage = z.infer<typeof PEOPLE_ROUTES.getPeople.answer>;

/** Schemas of this file that OpenAPI names. */
export const PEOPLE_SCHEMAS = { Person: person, OpenPage: openPage, RunningNow: runningNow } as const;
