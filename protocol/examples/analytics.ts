import { SLOW_MS } from '../api-analytics.js';
import { type Exchanges } from './exchange.js';
import { failed, loaded, NOTEBOOK, saras, trained } from './runs.js';

const DAYS = [18, 19, 20, 21, 22, 23, 24];
/** When a day of Tehran begins. */
const midnight = (day: number): string => `2026-11-${day - 1}T20:30:00.000Z`;
const FROM = `FROM code_execution_logs WHERE timestamp >= '${midnight(18)}' AND timestamp < '${midnight(25)}'`;

const ofSara = {
  executions: 4,
  errors: 1,
  success_rate: 0.75,
  average_ms: 570.649,
  median_ms: 417.088,
  p95_ms: 1337.461,
  p99_ms: 1411.587
};
const ofReza = {
  executions: 1,
  errors: 0,
  success_rate: 1,
  average_ms: 84210.551,
  median_ms: 84210.551,
  p95_ms: 84210.551,
  p99_ms: 84210.551
};
const slow = ({ error_message, client, ...run }: typeof trained) => {
  void [error_message, client]; // what the graph does not show
  return { ...run, execution_time_ms: run.execution_time_ms! };
};

/** Figures of a week. The texts of SQL are shorter than those of a server. */
export const ANALYTICS_EXAMPLES: Exchanges<'getAnalytics'> = {
  getAnalytics: {
    query: { from: '2026-11-18', to: '2026-11-24', tz: 'Asia/Tehran' },
    answer: {
      begins: midnight(18),
      ends: midnight(25),
      tz: 'Asia/Tehran',
      step: 'day',
      followed_to: '2026-11-24T09:05:12.083Z',
      percentile_error: 0,
      totals: {
        executions: 5,
        errors: 1,
        success_rate: 0.8,
        average_ms: 17298.629,
        median_ms: 812.406,
        p95_ms: 67654.464,
        p99_ms: 80899.334,
        people: 2,
        notebooks: 2
      },
      over_time: {
        rows: DAYS.map(day => ({
          at: midnight(day),
          executions: day === 24 ? 5 : 0,
          errors: day === 24 ? 1 : 0,
          error_rate: day === 24 ? 0.2 : null
        })),
        sql: `SELECT date_trunc('day', timestamp, 'Asia/Tehran') AS at, count(*) AS executions ${FROM} GROUP BY 1`
      },
      by_user: {
        rows: [
          { username: 'sara', ...ofSara },
          { username: 'reza', ...ofReza }
        ],
        sql: `SELECT username, count(*) AS executions ${FROM} GROUP BY 1 ORDER BY 2 DESC LIMIT 100`
      },
      by_notebook: {
        rows: [
          { notebook_path: NOTEBOOK, ...ofSara },
          { notebook_path: trained.notebook_path, ...ofReza }
        ],
        sql: `SELECT notebook_path, count(*) AS executions ${FROM} GROUP BY 1 ORDER BY 2 DESC LIMIT 100`
      },
      slow: {
        rows: [slow(trained), slow(saras(loaded))],
        sql: `SELECT id, username, execution_time_ms ${FROM} AND execution_time_ms >= ${SLOW_MS} ORDER BY 3 DESC LIMIT 50`,
        threshold_ms: SLOW_MS,
        executions: 2
      },
      heat: {
        rows: [
          { weekday: 2, hour: 11, executions: 4, errors: 1 },
          { weekday: 2, hour: 12, executions: 1, errors: 0 }
        ],
        sql: `SELECT extract(isodow FROM timestamp AT TIME ZONE 'Asia/Tehran') AS weekday, count(*) AS executions ${FROM} GROUP BY 1`
      },
      frequent_errors: {
        rows: [
          {
            error_name: 'KeyError',
            executions: 1,
            people: 1,
            last_at: failed.timestamp,
            example_id: failed.id,
            example_message: failed.error_message
          }
        ],
        sql: `SELECT error_name, count(*) AS executions ${FROM} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`
      },
      queue: {
        rows: [{ at: midnight(24), executions: 5, average_ms: 2.614, p95_ms: 3.921, longest_ms: 4.038 }],
        sql: `SELECT date_trunc('day', timestamp, 'Asia/Tehran') AS at, avg(queued_ms) AS average_ms ${FROM} GROUP BY 1`
      }
    }
  }
};
