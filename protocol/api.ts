import { z } from 'zod';
import { ANALYTICS_ROUTES, ANALYTICS_SCHEMAS } from './api-analytics.js';
import { ANOMALY_ROUTES, ANOMALY_SCHEMAS } from './api-anomalies.js';
import { EXPORT_ROUTES } from './api-export.js';
import { SEARCH_ROUTES, SEARCH_SCHEMAS } from './api-search.js';
import { auditEvent, eventBatch } from './events.js';
import { EXECUTION_ROUTES, executionDetail, executionSummary, ownedSummary } from './executions.js';
import { PEOPLE_ROUTES, PEOPLE_SCHEMAS } from './people.js';
import { describeProblem } from './problems.js';
import { me, SIGN_IN_ROUTES } from './sign-in.js';
import { EXECUTION_STATUSES } from './status.js';

export { ROLES, type Role } from './roles.js';

/** Kinds of events that say that something may not be on record. */
export const ABSENCE_TYPES = ['capture.gap', 'capture.disabled', 'capture.enabled'] as const;

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    field: z.string().optional(),
    fix: z.string().optional(),
    instance: z.string().optional()
  })
  .loose()
  .meta({
    examples: [describeProblem('field-invalid', { field: 'limit', detail: 'Too big: expected number to be <=100' })]
  });

const eventAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('stored') }),
  z.object({ outcome: z.literal('duplicate') }),
  z.object({ outcome: z.literal('refused'), problem })
]);

/** What became of one event. A contradiction is `stored`: both versions are kept. */
export type EventAnswer = z.infer<typeof eventAnswer>;

const batchAnswer = z.object({
  answers: z.array(eventAnswer).describe('one per event, in the order of the batch; given only after the commit')
});

/** The answer to `POST /api/events`. */
export type BatchAnswer = z.infer<typeof batchAnswer>;

const stats = z.object({
  today: z.int(),
  total: z.int(),
  errors: z.int(),
  successRate: z.number().nullable().describe('of the runs that ended, 0 to 1; null when none has'),
  running: z.int(),
  lastEventAt: z.iso.datetime().nullable()
});

/** A person's own figures. */
export type Stats = z.infer<typeof stats>;

const activity = z.object({
  time: z.iso.datetime(),
  cell: z.int().nullable(),
  code: z.string().describe('the first 100 characters'),
  status: z.enum(EXECUTION_STATUSES)
});

/** One of a person's last runs, in the shape of the wished `/api/recent-activity`. */
export type Activity = z.infer<typeof activity>;

const check = z.object({
  id: z.string(),
  ok: z.boolean().nullable().describe('null: nothing to judge yet'),
  detail: z.string().describe('a sentence in English for logs and terminals'),
  figures: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .describe('what the words of a language are filled with'),
  fix: z.string().nullable().describe('id of the words that say what to do')
});

/** One line of `celltrail doctor` and of the health screen. */
export type Check = z.infer<typeof check>;

const absence = z.object({
  begins: z.iso.datetime().describe('beginning of the first day asked for'),
  ends: z.iso.datetime().describe('end of the last one'),
  figures: z
    .array(
      z.object({
        type: z.enum(ABSENCE_TYPES),
        reason: z.string().nullable(),
        times: z.int(),
        missing: z.int().describe('executions known to be missing; more may be where that is not known')
      })
    )
    .describe('by kind and reason, the most frequent first'),
  latest: z
    .array(
      z.object({
        id: z.guid(),
        at: z.iso.datetime(),
        username: z.string(),
        type: z.enum(ABSENCE_TYPES),
        reason: z.string().nullable(),
        kernel_id: z.string().nullable(),
        gap_from: z.string().nullable().describe('an execution count, or a time; null: not known'),
        gap_to: z.string().nullable(),
        missing: z.int().nullable()
      })
    )
    .describe('the last 50'),
  holes: z
    .array(
      z.object({
        page_id: z.guid(),
        username: z.string(),
        missing_from: z.int(),
        missing_to: z.int(),
        missing: z.int(),
        since: z.iso.datetime(),
        waiting: z.int().describe('events that its browser last said wait there: these may still come')
      })
    )
    .describe('events that pages numbered and that have not arrived, at present; 50 at most')
});

/** What is known not to be on record. */
export type Absence = z.infer<typeof absence>;

const days = z.object({
  from: z.iso.date().optional().describe('first day, YYYY-MM-DD; today by default'),
  to: z.iso.date().optional().describe('last day; today by default')
});

const timeZone = z.object({
  tz: z.string().max(64).optional().describe("IANA time zone whose day is 'today'; the database's by default")
});
const limited = z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) });

const portal = z.object({
  labUrl: z.string().nullable().describe('behind the launch button'),
  language: z.string().nullable().describe('the language an installation prefers; null leaves it to the browser')
});

/** What the portal needs to know of its installation. */
export type PortalSettings = z.infer<typeof portal>;

/** Every route that answers JSON: what it takes, what it gives, who may ask. OpenAPI is made of this table. */
export const ROUTES = {
  postEvents: {
    method: 'post',
    path: '/api/events',
    role: 'analyst',
    body: eventBatch,
    answer: batchAnswer,
    says: 'Store events, each once.'
  },
  getMe: { method: 'get', path: '/api/me', role: 'analyst', answer: me, says: 'Who the server takes you for.' },
  getPortal: {
    method: 'get',
    path: '/api/portal',
    role: 'analyst',
    answer: portal,
    says: 'What the portal needs to know of its installation.'
  },
  getStats: {
    method: 'get',
    path: '/api/stats',
    role: 'analyst',
    query: timeZone,
    answer: stats,
    says: 'Your own figures.'
  },
  getRecentActivity: {
    method: 'get',
    path: '/api/recent-activity',
    role: 'analyst',
    answer: z.array(activity).max(10),
    says: 'Your last ten runs.'
  },
  getExecutions: {
    method: 'get',
    path: '/api/v1/executions',
    role: 'analyst',
    query: limited,
    answer: z.array(executionSummary),
    says: 'Your last runs, with what the portal shows of each.'
  },
  getAbsence: {
    method: 'get',
    path: '/api/absence',
    role: 'analyst',
    query: timeZone.extend(days.shape),
    answer: absence,
    says: "What is known to be missing, and when recording was turned off and on; other people's for admins and auditors."
  },
  getChecks: {
    method: 'get',
    path: '/api/checks',
    role: 'analyst',
    answer: z.array(check),
    says: "The troubleshooting list, item by item; other people's figures for admins only."
  },
  ...SEARCH_ROUTES,
  ...EXPORT_ROUTES,
  ...ANALYTICS_ROUTES,
  ...ANOMALY_ROUTES,
  getHealth: {
    method: 'get',
    path: '/healthz',
    role: null,
    answer: z.object({ status: z.literal('ok') }),
    says: 'The process lives.'
  },
  getReady: {
    method: 'get',
    path: '/readyz',
    role: null,
    answer: z.object({ status: z.literal('ready') }),
    says: 'The database answers and its schema is current.'
  },
  ...SIGN_IN_ROUTES,
  ...EXECUTION_ROUTES,
  ...PEOPLE_ROUTES
} as const;

/** Schemas that OpenAPI names. */
export const NAMED_SCHEMAS = {
  AuditEvent: auditEvent,
  EventAnswer: eventAnswer,
  Problem: problem,
  Stats: stats,
  Activity: activity,
  ExecutionSummary: executionSummary,
  OwnedSummary: ownedSummary,
  ExecutionDetail: executionDetail,
  Check: check,
  Absence: absence,
  Me: me,
  ...PEOPLE_SCHEMAS,
  ...SEARCH_SCHEMAS,
  ...ANALYTICS_SCHEMAS,
  ...ANOMALY_SCHEMAS
} as const;

/** What `GET /api/live` sends: that the caller's record changed, after the commit. Coalesced; ask again what you show. */
export interface LiveChange {
  /** rises with every change this server announced */
  sequence: number;
}
