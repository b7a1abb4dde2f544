import { type EventBatch } from '../events.js';
import { PROTOCOL_VERSION } from '../version.js';
import { type Exchanges } from './exchange.js';
import { whole } from './executions.js';
import { PAGE } from './runs.js';

const batch: EventBatch = {
  protocol: PROTOCOL_VERSION,
  page: {
    page_id: PAGE,
    extension_version: '0.1.0',
    lab_version: '4.6.2',
    capturing: true,
    last_seq: 7,
    fault: null,
    browser_id: '9a6f3c1e-0b7d-4e52-8c94-5d2a7f1b6e38',
    keeping: 'disk',
    waiting: 1,
    refused: 0
  },
  actor: 'sara',
  events: [
    {
      type: 'execution.finished',
      id: whole.id,
      observed_at: whole.observed_at,
      page_id: PAGE,
      page_seq: 7,
      kernel_id: whole.kernel_id,
      kernel_name: whole.kernel_name,
      msg_id: whole.msg_id,
      session_id: whole.session_id,
      requested_at: whole.requested_at,
      code: whole.code,
      status: whole.status,
      timestamp: whole.timestamp,
      execution_time_ms: whole.execution_time_ms,
      queued_ms: whole.queued_ms,
      cell_number: whole.cell_number,
      cell_id: whole.cell_id,
      notebook_path: whole.notebook_path,
      client: whole.client,
      silent: false,
      store_history: true,
      error_name: whole.error_name,
      error_message: whole.error_message,
      error_traceback: whole.error_traceback,
      error_traceback_length: whole.error_traceback_length,
      output_types: [],
      output_bytes: 0
    }
  ]
};

const me = { username: 'sara', role: 'analyst', auth: 'token', server_version: '0.1.0' } as const;

/** What a browser sends, and how it says who it is. */
export const SENDING_EXAMPLES: Exchanges<'postEvents' | 'getMe' | 'postSignIn' | 'postSignOut'> = {
  postEvents: { body: batch, answer: { answers: [{ outcome: 'stored' }] } },
  getMe: { answer: me },
  postSignIn: { body: { token: 'celltrail_…' }, answer: me },
  postSignOut: { body: {}, answer: { signed_out: true } }
};
