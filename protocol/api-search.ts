import { z } from 'zod';
import { MAX_SEARCH_LENGTH } from './search-query.js';
import { EXECUTION_CLIENTS, EXECUTION_STATUSES } from './status.js';

/** How a number of matches is known: all were counted, at least so many are there, or it is an estimate. */
export const COUNT_RELATIONS = ['exact', 'at_least', 'about'] as const;

/** What can be completed while a search is typed. */
export const COMPLETED_QUALIFIERS = ['user', 'notebook', 'kernel'] as const;

const count = z.object({ value: z.int(), relation: z.enum(COUNT_RELATIONS) });

const match = z.object({
  from: z.int().describe('UTF-16 code units from the beginning of code_preview'),
  to: z.int()
});

const hit = z.object({
  id: z.guid(),
  username: z.string(),
  timestamp: z.iso.datetime(),
  notebook_path: z.string().nullable(),
  cell_number: z.int().nullable(),
  status: z.enum(EXECUTION_STATUSES),
  execution_time_ms: z.number().nullable(),
  error_message: z.string().nullable(),
  client: z.enum(EXECUTION_CLIENTS).nullable(),
  kernel_name: z.string().nullable(),
  code_preview: z.string().describe('up to 400 characters, from the line of the first match on'),
  preview_from: z.int().describe('where the preview begins in the code, in characters; 0 for its beginning'),
  matches: z.array(match).describe('what to highlight in code_preview, in order, none over another')
});

/** One execution that a search found. */
export type SearchHit = z.infer<typeof hit>;

const searchAnswer = z.object({
  items: z.array(hit).describe('newest first'),
  next: z.string().nullable().describe('the cursor of what follows; null: there is no more'),
  total: count.describe('how many the search finds in all'),
  searched_to: z.iso
    .datetime()
    .nullable()
    .describe('where looking stopped for now, when time was up before the page was full: next goes on from there')
});

/** A page of what a search found. */
export type SearchAnswer = z.infer<typeof searchAnswer>;

const facet = z.array(z.object({ value: z.string().nullable(), count: z.int() })).describe('the most frequent first');

const facets = z.object({
  total: count,
  counted: z.int().describe('the matches that the counts are of: the newest ones when relation is not exact'),
  status: facet,
  user: facet,
  notebook: facet,
  client: facet
});

/** How what a search finds is spread. */
export type Facets = z.infer<typeof facets>;

const searchedCode = z.object({
  time: z.iso.datetime(),
  cell: z.int().nullable(),
  code: z.string(),
  status: z.enum(EXECUTION_STATUSES)
});

/** One match, in the shape of the wished `/api/search-code`. */
export type SearchedCode = z.infer<typeof searchedCode>;

const completion = z.object({
  values: z.array(z.object({ value: z.string(), last_used: z.iso.datetime().nullable() })).describe('latest first')
});

/** Values that a qualifier can be completed with. */
export type Completion = z.infer<typeof completion>;

const q = z
  .string()
  .max(MAX_SEARCH_LENGTH)
  .default('')
  .describe('as status:error user:sara took:>1000 created:2026-11-01..2026-11-24 "exact text" -word');
const tz = z.string().max(64).optional().describe("IANA time zone of the days in created:; the database's by default");

/** Search and what belongs to it. */
export const SEARCH_ROUTES = {
  search: {
    method: 'get',
    path: '/api/v1/search',
    role: 'analyst',
    query: z.object({
      q,
      tz,
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(200).optional().describe("an earlier answer's next, to the same q")
    }),
    answer: searchAnswer,
    says: "Search executions: your own, or everyone's for auditors and admins."
  },
  getFacets: {
    method: 'get',
    path: '/api/v1/facets',
    role: 'analyst',
    query: z.object({ q, tz }),
    answer: facets,
    says: 'How what a search finds is spread over statuses, people, notebooks and clients.'
  },
  searchCode: {
    method: 'get',
    path: '/api/search-code',
    role: 'analyst',
    query: z.object({
      query: z.string().max(MAX_SEARCH_LENGTH).default('').describe('a text in the code, as it stands there')
    }),
    answer: z.array(searchedCode).max(20),
    says: 'Your last twenty runs whose code holds a text.'
  },
  complete: {
    method: 'get',
    path: '/api/v1/complete',
    role: 'analyst',
    query: z.object({
      qualifier: z.enum(COMPLETED_QUALIFIERS).default('notebook'),
      prefix: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(50).default(10)
    }),
    answer: completion,
    says: 'Values that a qualifier of a search can be completed with.'
  }
} as const;

/** Their schemas that OpenAPI names. */
export const SEARCH_SCHEMAS = {
  SearchAnswer: searchAnswer,
  SearchHit: hit,
  Facets: facets,
  SearchedCode: searchedCode,
  Completion: completion
} as const;
