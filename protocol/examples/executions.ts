import { type ExecutionDetail } from '../executions.js';
import { type Exchanges } from './exchange.js';
import { failed, imported, KERNEL, loaded, mended, NOTEBOOK, PAGE, saras } from './runs.js';

const CELL = 'b1d0c7e2-4c1f-4b7a-9f0d-2a6c8e5b7f31';
const SESSION = '3c9f0b6e-8d24-4f6a-a1c5-7e2d9b8f4a06';

/** Sara's failed run, whole. */
export const whole: ExecutionDetail['execution'] = {
  id: failed.id,
  timestamp: failed.timestamp,
  notebook_path: NOTEBOOK,
  cell_number: 3,
  status: 'error',
  execution_time_ms: 21.77,
  error_message: "KeyError: 'region'",
  client: 'notebook',
  username: 'sara',
  code: "df.groupby('region')['amount'].sum()",
  cell_id: CELL,
  kernel_id: KERNEL,
  kernel_name: 'python3',
  msg_id: 'e47b9c30-5a18-4d6e-9c21-0f8a3b5d7e03',
  session_id: SESSION,
  requested_at: '2026-11-24T08:16:05.337Z',
  queued_ms: 2.402,
  silent: false,
  store_history: true,
  error_name: 'KeyError',
  error_traceback: "Cell In[3], line 1\n----> 1 df.groupby('region')['amount'].sum()\n\nKeyError: 'region'",
  error_traceback_length: 83,
  output_types: [],
  output_bytes: 0,
  reason: null,
  code_json: null,
  witnessed: false,
  page_id: PAGE,
  page_seq: 7,
  observed_at: '2026-11-24T08:16:05.371Z',
  stored_at: '2026-11-24T08:16:05.398127Z',
  completed_at: '2026-11-24T08:16:05.398127Z'
};

/** Reading runs one by one. */
export const EXECUTION_EXAMPLES: Exchanges<
  'getExecution' | 'getActivity' | 'getExecutions' | 'getRecentActivity' | 'getStats'
> = {
  getExecution: {
    params: { id: failed.id },
    answer: {
      execution: whole,
      before: [saras(loaded), saras(imported)],
      after: [saras(mended)],
      versions: [
        {
          id: '01a12fe9-b3de-837f-856e-16b6c4542f72',
          timestamp: '2026-10-12T11:40:07.520112Z',
          cell_number: 9,
          status: 'success',
          code: "df.groupby('branch')['amount'].sum()"
        }
      ]
    }
  },
  getActivity: {
    query: { user: 'sara', limit: 2 },
    answer: {
      items: [saras(mended), saras(failed)],
      next: 'WyIyMDI2LTExLTI0VDA4OjE2OjA1LjMzOTQwMloiLCIwMWEyMGNhMC01YWQ5LThlNDktYTBlZC1mM2E0NjVmNjc2YTYiXQ.nXq0v3F8sYd2Jt5mK9aLxQ'
    }
  },
  getExecutions: { query: { limit: 2 }, answer: [mended, failed] },
  getRecentActivity: {
    answer: [mended, failed, loaded, imported].map(run => ({
      time: run.timestamp,
      cell: run.cell_number,
      code: run.code_preview,
      status: run.status
    }))
  },
  getStats: {
    query: { tz: 'Asia/Tehran' },
    answer: {
      today: 4,
      total: 5,
      errors: 1,
      successRate: 0.8,
      running: 0,
      lastEventAt: '2026-11-24T08:17:41.962480Z'
    }
  }
};
