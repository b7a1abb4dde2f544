import { type z } from 'zod';
import { type ROUTES } from '../api.js';

type Routes = typeof ROUTES;

type Part<N extends keyof Routes, Name extends 'query' | 'params' | 'body'> =
  Routes[N] extends Record<Name, infer Schema extends z.ZodType> ? Record<Name, z.input<Schema>> : unknown;

/** What a route may be asked, and what it answers to that. */
export type Exchange<N extends keyof Routes> = Part<N, 'query'> &
  Part<N, 'params'> &
  Part<N, 'body'> & { answer: z.output<Routes[N]['answer']> };

/** An exchange with each of some routes. */
export type Exchanges<N extends keyof Routes> = { [Name in N]: Exchange<Name> };
