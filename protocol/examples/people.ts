import { type Person } from '../people.js';
import { type Exchanges } from './exchange.js';
import { failed, imported, KERNEL, loaded, mended, NOTEBOOK, PAGE, saras, trained } from './runs.js';

const sara: Person = {
  username: 'sara',
  executions: 5,
  errors: 1,
  error_rate: 0.2,
  last_active: '2026-11-24T08:17:41.907655Z',
  capture: 'recording',
  days: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]
};

const reza: Person = {
  username: 'reza',
  executions: 1,
  errors: 0,
  error_rate: 0,
  last_active: trained.timestamp,
  capture: 'off',
  days: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
};

const open = {
  extension_version: '0.1.0',
  lab_version: '4.6.2',
  capturing: true,
  fault: null,
  waiting: 0,
  refused: 0,
  first_seen: '2026-11-24T08:10:02.118340Z',
  last_seen: '2026-11-24T09:04:41.530912Z',
  open: true
};

/** What admins and auditors see of people. */
export const PEOPLE_EXAMPLES: Exchanges<'getAllActivity' | 'getPeople' | 'getPerson' | 'getRunning' | 'getCoverage'> = {
  getAllActivity: {
    answer: [reza, sara].map(({ username, executions, last_active }) => ({ user: username, executions, last_active }))
  },
  getPeople: { query: { tz: 'Asia/Tehran', limit: 100 }, answer: { items: [reza, sara], next: null } },
  getPerson: {
    params: { user: 'sara' },
    query: { tz: 'Asia/Tehran' },
    answer: {
      person: sara,
      statuses: [
        { status: 'success', executions: 4 },
        { status: 'error', executions: 1 }
      ],
      notebooks: [{ notebook_path: NOTEBOOK, executions: 4, errors: 1 }],
      errors: [{ error_name: 'KeyError', times: 1 }],
      hours: [
        { weekday: 1, hour: 15, executions: 1 },
        { weekday: 2, hour: 11, executions: 4 }
      ],
      pages: [{ ...open, page_id: PAGE, username: 'sara' }],
      latest: [mended, failed, loaded, imported].map(saras)
    }
  },
  getRunning: {
    answer: [
      {
        ...trained,
        status: 'running',
        execution_time_ms: null,
        kernel_id: KERNEL,
        kernel_name: 'python3',
        running_ms: 41_325.8,
        page_open: true
      }
    ]
  },
  getCoverage: {
    answer: {
      open: 2,
      recording: 1,
      uncovered: [{ ...open, page_id: '2b8e6f04-9c3a-4d71-b5e0-6a1f7c9d8e25', username: 'reza', fault: 'bypassed' }],
      waiting: []
    }
  }
};
