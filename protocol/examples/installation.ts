import { translator } from '../locales/index.js';
import { type Exchanges } from './exchange.js';
import { KERNEL, PAGE } from './runs.js';

const english = translator('en');
const database = { database: 'celltrail', version: '18.4' };
const sequence = { count: 1, missing: 2 };

/** How the installation stands, and what of the record is missing. */
export const INSTALLATION_EXAMPLES: Exchanges<'getPortal' | 'getAbsence' | 'getChecks' | 'getHealth' | 'getReady'> = {
  getPortal: { answer: { labUrl: 'https://lab.example/lab', language: 'fa' } },
  getAbsence: {
    query: { from: '2026-11-18', to: '2026-11-24', tz: 'Asia/Tehran' },
    answer: {
      begins: '2026-11-17T20:30:00.000Z',
      ends: '2026-11-24T20:30:00.000Z',
      figures: [{ type: 'capture.gap', reason: 'execution_count', times: 1, missing: 2 }],
      latest: [
        {
          id: '6d2c9a7f-1e48-8b05-93f6-0c7d5e8a4b12',
          at: '2026-11-24T08:20:44.310Z',
          username: 'sara',
          type: 'capture.gap',
          reason: 'execution_count',
          kernel_id: KERNEL,
          gap_from: '4',
          gap_to: '7',
          missing: 2
        }
      ],
      holes: [
        {
          page_id: PAGE,
          username: 'sara',
          missing_from: 8,
          missing_to: 9,
          missing: 2,
          since: '2026-11-24T08:21:10.092716Z',
          waiting: 2
        }
      ]
    }
  },
  getChecks: {
    answer: [
      {
        id: 'database',
        ok: true,
        detail: english('check.database.ok', database),
        figures: database,
        fix: null
      },
      {
        id: 'sequence',
        ok: false,
        detail: english('check.sequence.wrong', sequence),
        figures: sequence,
        fix: 'send_waiting'
      }
    ]
  },
  getHealth: { answer: { status: 'ok' } },
  getReady: { answer: { status: 'ready' } }
};
