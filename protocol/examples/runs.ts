import { type ExecutionSummary, type OwnedSummary } from '../executions.js';

// One morning of two analysts, which every example tells of: Sara's cell fails, and then does not; Reza trains a model.

/** Sara's kernel. */
export const KERNEL = '5f0c8a52-7a2e-4f4b-9f57-2d7a6a1c9b10';
/** Sara's Lab tab. */
export const PAGE = '7d1e4b0a-52c6-4f0e-8a7b-91f3c2d5e604';
/** Sara's notebook. */
export const NOTEBOOK = 'تحلیل/فروش.ipynb';

const ofSara = { notebook_path: NOTEBOOK, status: 'success', error_message: null, client: 'notebook' } as const;

/** Sara's first run. */
export const imported: ExecutionSummary = {
  id: '01a20c9f-5436-8476-bd13-343ae508d4c9',
  timestamp: '2026-11-24T08:14:58.107214Z',
  cell_number: 1,
  code_preview: 'import pandas as pd',
  execution_time_ms: 812.406,
  ...ofSara
};

/** Her second one. */
export const loaded: ExecutionSummary = {
  id: '01a20c9f-b332-89f6-a5ac-a2bf4235d899',
  timestamp: '2026-11-24T08:15:22.420871Z',
  cell_number: 2,
  code_preview: "df = pd.read_csv('sales.csv')",
  execution_time_ms: 1430.118,
  ...ofSara
};

/** The one that failed. */
export const failed: ExecutionSummary = {
  id: '01a20ca0-5ad9-8e49-a0ed-f3a465f676a6',
  timestamp: '2026-11-24T08:16:05.339402Z',
  cell_number: 3,
  code_preview: "df.groupby('region')['amount'].sum()",
  execution_time_ms: 21.77,
  ...ofSara,
  status: 'error',
  error_message: "KeyError: 'region'"
};

/** The same cell, mended. */
export const mended: ExecutionSummary = {
  id: '01a20ca1-d411-82a2-a616-a1c1f0c46eb3',
  timestamp: '2026-11-24T08:17:41.907655Z',
  cell_number: 4,
  code_preview: "df.groupby('city')['amount'].sum()",
  execution_time_ms: 18.302,
  ...ofSara
};

/** Reza's run. */
export const trained: OwnedSummary = {
  id: '01a20cca-8d52-8ed2-bc2a-a170d48a1f24',
  timestamp: '2026-11-24T09:02:10.774038Z',
  notebook_path: 'models/train.ipynb',
  cell_number: 12,
  code_preview: 'model.fit(X, y)',
  status: 'success',
  execution_time_ms: 84210.551,
  error_message: null,
  client: 'notebook',
  username: 'reza'
};

/** A run as lists of several people's runs show it. */
export const saras = (run: ExecutionSummary): OwnedSummary => ({ ...run, username: 'sara' });
