import { z } from 'zod';

/** What can be out of the ordinary. A detector each, in `server/anomalies/detectors`; words `anomaly.<kind>.…`. */
export const ANOMALY_KINDS = [
  'excessive_failures',
  'policy_access',
  'unusual_hour',
  'unusual_volume',
  'first_use',
  'unread_code'
] as const;

/** One of {@link ANOMALY_KINDS}. */
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** Why a code could not be read whole: the names of an `unread_code`. Words `anomalies.unread.…`. */
export const UNREAD_REASONS = ['too_slow', 'too_long', 'too_many_names', 'failed'] as const;

/** One of {@link UNREAD_REASONS}. */
export type UnreadReason = (typeof UNREAD_REASONS)[number];

/** What a reviewer says of an alert. */
export const VERDICTS = ['fine', 'not_fine', 'needs_look'] as const;

/** One of {@link VERDICTS}. */
export type Verdict = (typeof VERDICTS)[number];

/** Which alerts a queue holds. */
export const ANOMALY_STATES = ['open', 'grown', 'all', ...VERDICTS] as const;

/** One of {@link ANOMALY_STATES}. */
export type AnomalyState = (typeof ANOMALY_STATES)[number];

/** UTF-16 code units of a verdict's comment. */
export const MAX_COMMENT_LENGTH = 2000;

const verdict = z.object({
  verdict: z.enum(VERDICTS).nullable().describe('null takes the one before back'),
  comment: z.string().nullable(),
  by: z.string(),
  at: z.iso.datetime(),
  figure: z
    .number()
    .nullable()
    .describe('of the alert that was judged; null in verdicts that are older than this field'),
  evidence_count: z.int().nullable().describe('of the alert that was judged')
});

const anomaly = z.object({
  id: z.guid().describe('follows from what the alert is about: the same alert is never made twice'),
  kind: z.enum(ANOMALY_KINDS),
  username: z.string(),
  begins: z.iso.datetime().describe('of the time the figure is of'),
  ends: z.iso.datetime(),
  found_at: z.iso.datetime(),
  figure: z.number().describe('what was seen: a share of failures, a number of executions, an hour of the day, …'),
  unit: z.enum(['share', 'executions', 'hour', 'names']),
  normal: z
    .object({
      typical: z.number().nullable().describe("this person's usual figure; null: there is none"),
      limit: z.number().nullable().describe('beyond which it is out of the ordinary'),
      days: z.int().describe('days of their history that this is known from')
    })
    .nullable()
    .describe('what is normal for this person; null where a rule and not a habit was broken'),
  names: z
    .array(z.string())
    .describe(
      `tables, functions, files, hosts, errors or notebooks it is about; of unread_code why: ${UNREAD_REASONS.join(', ')}`
    ),
  evidence: z.array(z.guid()).describe('ids of executions, at most 20'),
  evidence_count: z.int(),
  grown_at: z.iso
    .datetime()
    .nullable()
    .describe('when it grew last: more evidence, or a higher figure; null: it is as it was found'),
  grown: z.boolean().describe('it has grown since the last verdict of its history, and waits for one again'),
  verdict: verdict.nullable().describe('as it stands; null: nobody judged it yet, or it has grown since'),
  history: z.array(verdict).describe('every verdict, the first one first')
});

/** An alert: something out of the ordinary, with its evidence. */
export type Anomaly = z.infer<typeof anomaly>;

const anomalies = z.object({
  items: z.array(anomaly).describe('newest first'),
  next: z.string().nullable(),
  counts: z.object({
    open: z.int().describe('that wait for a verdict'),
    grown: z.int().describe('of these, those that had one and have grown since'),
    fine: z.int(),
    not_fine: z.int(),
    needs_look: z.int()
  })
});

/** A page of the review's queue. */
export type Anomalies = z.infer<typeof anomalies>;

const verdictBody = z.strictObject({
  verdict: z.enum(VERDICTS).nullable(),
  comment: z.string().max(MAX_COMMENT_LENGTH).optional(),
  seen: anomaly
    .pick({ figure: true, evidence_count: true, grown_at: true })
    .strict()
    .optional()
    .describe('the alert as it was looked at: where it has grown meanwhile it goes on waiting; left out: as it is now')
});

/** What of an alert a verdict is about. */
export type SeenAlert = NonNullable<z.infer<typeof verdictBody>['seen']>;

const review = z.object({
  begins: z.iso.datetime(),
  ends: z.iso.datetime(),
  tz: z.string(),
  executions: z.int(),
  errors: z.int(),
  people: z.array(
    z.object({
      username: z.string(),
      executions: z.int(),
      errors: z.int(),
      first_at: z.iso.datetime().describe('beginning of the first quarter of an hour in which they ran something'),
      last_at: z.iso.datetime().describe('end of the last one'),
      alerts: z.int()
    })
  ),
  alerts: z.array(anomaly).describe('of this day'),
  judged: z.array(anomaly).describe('alerts of any day that got a verdict on this one'),
  open: z.int().describe('alerts of any day that wait for a verdict, as of now'),
  coverage: z
    .object({
      gaps: z.int().describe('times at which a page or a kernel was not seen'),
      missing: z.int().describe('executions that are known to be missing by a jump in a count'),
      switched_off: z.int().describe('times that recording was switched off'),
      unseen: z.int().describe('executions whose code no page saw'),
      unknown: z.int().describe('executions whose end was not seen')
    })
    .describe('what of this day was not recorded')
});

/** A day's review report. */
export type Review = z.infer<typeof review>;

/** Review and anomalies. */
export const ANOMALY_ROUTES = {
  getAnomalies: {
    method: 'get',
    path: '/api/anomalies',
    role: 'analyst',
    query: z.object({
      state: z
        .enum(ANOMALY_STATES)
        .default('open')
        .describe('open: they wait for a verdict; grown: of these, those that had one and have grown since'),
      kind: z.enum(ANOMALY_KINDS).optional(),
      user: z.string().max(256).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(200).optional()
    }),
    answer: anomalies,
    says: 'What is out of the ordinary: about yourself, or about everyone for auditors and admins.'
  },
  postVerdict: {
    method: 'post',
    path: '/api/anomalies/:id/verdict',
    role: 'admin',
    params: z.object({ id: z.guid() }),
    body: verdictBody,
    answer: anomaly,
    says: 'Judge an alert: admins do, an auditor changes nothing. A new verdict takes the place of the one before; every one is kept. An alert that grows later waits for one again.'
  },
  getReview: {
    method: 'get',
    path: '/api/v1/review',
    role: 'auditor',
    query: z.object({
      day: z.iso.date().optional().describe('YYYY-MM-DD; today by default'),
      tz: z.string().max(64).optional()
    }),
    answer: review,
    says: "A day's review: who ran what, what was out of the ordinary, what was judged."
  }
} as const;

/** Their schemas that OpenAPI names. */
export const ANOMALY_SCHEMAS = { Anomaly: anomaly, Anomalies: anomalies, Review: review } as const;
