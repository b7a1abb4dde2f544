import { type z } from 'zod';
import { type ROUTES } from '@celltrail/protocol/schemas';
import { type Actor } from '../identity/actor.js';
import { type Download } from './download.js';

type Routes = typeof ROUTES;

/** The name of a route in the protocol's table. */
export type RouteName = keyof Routes;

type QueryOf<N extends RouteName> = Routes[N] extends { query: infer Q extends z.ZodType } ? z.output<Q> : unknown;

type ParamsOf<N extends RouteName> = Routes[N] extends { params: infer P extends z.ZodType } ? z.output<P> : unknown;

/** The browser's session cookie: what came, and what goes back with the answer. */
export interface SessionCookie {
  /** what the browser sent; undefined without one */
  value: string | undefined;
  /** the address the request came from */
  address: string;
  set(value: string, maxAgeS: number): void;
  clear(): void;
}

/** What a route is asked, after its role and its query were checked. */
export interface Asked<N extends RouteName> {
  /** who asks; null where the route asks nobody who they are */
  actor: Routes[N]['role'] extends null ? null : Actor;
  query: QueryOf<N>;
  /** the parts of the path that the table names */
  params: ParamsOf<N>;
  session: SessionCookie;
  /** the JSON that came, unchecked; undefined for a route without a body */
  body: unknown;
}

/** What a route does: from a question to the answer that the protocol promises. Problems are thrown. */
export type Handler<N extends RouteName> = (
  asked: Asked<N>
) => Promise<Routes[N] extends { files: unknown } ? Download : z.input<Routes[N]['answer']>>;

/** A handler for each route of the protocol. */
export type Handlers = { [N in RouteName]: Handler<N> };
