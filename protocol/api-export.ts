import { z } from 'zod';
import { MAX_SEARCH_LENGTH } from './search-query.js';

/** Formats that a search can be exported in. */
export const EXPORT_FORMATS = ['csv', 'jsonl', 'parquet'] as const;

/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Exporting what a search finds. */
export const EXPORT_ROUTES = {
  export: {
    method: 'get',
    path: '/api/export',
    role: 'analyst',
    query: z.object({
      format: z.enum(EXPORT_FORMATS).default('csv'),
      q: z
        .string()
        .max(MAX_SEARCH_LENGTH)
        .default('')
        .describe('a search, as of /api/v1/search; none for everything you may read'),
      tz: z.string().max(64).optional().describe("IANA time zone of the days in created:; the database's by default"),
      after: z
        .guid()
        .optional()
        .describe('the id of the last row that you have: goes on behind it, in CSV without the head')
    }),
    answer: z.string().describe('the file, newest run first'),
    /** what the file is, by format */
    files: {
      csv: 'text/csv; charset=utf-8',
      jsonl: 'application/x-ndjson',
      parquet: 'application/vnd.apache.parquet'
    },
    says: "Every run that a search finds, whole, as a file: your own, or everyone's for auditors and admins."
  }
} as const;
