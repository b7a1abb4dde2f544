import { type ExecutionSummary } from '@celltrail/protocol';
import { type Stretch } from '../code/marked.js';

/** One run as a table shows it; with whose it is, where the table has several people's. */
export interface Run extends ExecutionSummary {
  username?: string;
  /** what a search found in the preview; with it the preview's first lines are shown, not its first one */
  matches?: readonly Stretch[];
  /** where the preview begins in the code; 0 for its beginning */
  preview_from?: number;
}

/** The columns of a table of runs, in their order. */
export const COLUMNS = ['status', 'code', 'person', 'notebook', 'cell', 'duration', 'time'] as const;

/** One of {@link COLUMNS}. */
export type Column = (typeof COLUMNS)[number];

/** The screen of one run. */
export function runAddress(id: string): string {
  return `/portal/executions/${encodeURIComponent(id)}`;
}
