import { type Anomaly } from '../api-anomalies.js';
import { type Exchanges } from './exchange.js';
import { failed } from './runs.js';

const ID = 'c4f7a1d8-6b25-8e93-a0d4-7f1c5b9e2a60';

const alert: Anomaly = {
  id: ID,
  kind: 'excessive_failures',
  username: 'sara',
  begins: '2026-11-24T08:00:00.000000Z',
  ends: '2026-11-24T09:00:00.000000Z',
  found_at: '2026-11-24T08:31:00.412903Z',
  figure: 0.72,
  unit: 'share',
  normal: { typical: 0.08, limit: 0.4, days: 21 },
  names: ['KeyError'],
  evidence: [failed.id],
  evidence_count: 13,
  grown_at: null,
  grown: false,
  verdict: null,
  history: []
};

const verdict = {
  verdict: 'fine',
  comment: 'A column was renamed at the source.',
  by: 'omid',
  at: '2026-11-24T10:02:17.640581Z',
  figure: alert.figure,
  evidence_count: alert.evidence_count
} as const;

const judged: Anomaly = { ...alert, verdict, history: [verdict] };

/** Review and anomalies. */
export const ANOMALY_EXAMPLES: Exchanges<'getAnomalies' | 'postVerdict' | 'getReview'> = {
  getAnomalies: {
    query: { state: 'open', limit: 20 },
    answer: { items: [alert], next: null, counts: { open: 1, grown: 0, fine: 0, not_fine: 0, needs_look: 0 } }
  },
  postVerdict: {
    params: { id: ID },
    body: {
      verdict: 'fine',
      comment: verdict.comment,
      seen: { figure: alert.figure, evidence_count: alert.evidence_count, grown_at: null }
    },
    answer: judged
  },
  getReview: {
    query: { day: '2026-11-24', tz: 'Asia/Tehran' },
    answer: {
      begins: '2026-11-23T20:30:00.000Z',
      ends: '2026-11-24T20:30:00.000Z',
      tz: 'Asia/Tehran',
      executions: 19,
      errors: 13,
      people: [
        {
          username: 'sara',
          executions: 18,
          errors: 13,
          first_at: '2026-11-24T08:00:00.000Z',
          last_at: '2026-11-24T08:45:00.000Z',
          alerts: 1
        },
        {
          username: 'reza',
          executions: 1,
          errors: 0,
          first_at: '2026-11-24T09:00:00.000Z',
          last_at: '2026-11-24T09:15:00.000Z',
          alerts: 0
        }
      ],
      alerts: [judged],
      judged: [judged],
      open: 0,
      coverage: { gaps: 1, missing: 2, switched_off: 0, unseen: 0, unknown: 0 }
    }
  }
};
