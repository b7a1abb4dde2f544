import { type Exchanges } from './exchange.js';
import { whole } from './executions.js';
import { failed, loaded, NOTEBOOK, saras, trained } from './runs.js';

/** Search and what belongs to it. */
export const SEARCH_EXAMPLES: Exchanges<'search' | 'getFacets' | 'searchCode' | 'complete' | 'export'> = {
  search: {
    query: { q: 'groupby status:error', tz: 'Asia/Tehran' },
    answer: {
      items: [
        {
          ...saras(failed),
          kernel_name: 'python3',
          preview_from: 0,
          matches: [{ from: 3, to: 10 }]
        }
      ],
      next: null,
      total: { value: 1, relation: 'exact' },
      searched_to: null
    }
  },
  getFacets: {
    query: { q: 'created:2026-11-24', tz: 'Asia/Tehran' },
    answer: {
      total: { value: 5, relation: 'exact' },
      counted: 5,
      status: [
        { value: 'success', count: 4 },
        { value: 'error', count: 1 }
      ],
      user: [
        { value: 'sara', count: 4 },
        { value: 'reza', count: 1 }
      ],
      notebook: [
        { value: NOTEBOOK, count: 4 },
        { value: trained.notebook_path, count: 1 }
      ],
      client: [{ value: 'notebook', count: 5 }]
    }
  },
  searchCode: {
    query: { query: 'read_csv' },
    answer: [{ time: loaded.timestamp, cell: loaded.cell_number, code: loaded.code_preview, status: 'success' }]
  },
  complete: {
    query: { qualifier: 'notebook', prefix: 'فروش' },
    answer: { values: [{ value: NOTEBOOK, last_used: '2026-11-24T08:17:41.907655Z' }] }
  },
  export: {
    query: { format: 'jsonl', q: 'status:error created:2026-11-01..2026-11-24' },
    answer: `${JSON.stringify(whole)}\n`
  }
};
