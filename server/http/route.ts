import { type z } from 'zod';
import { type ROUTES } from '@celltrail/protocol/schemas';
import { type Actor } from '../identity/actor.js';

type Routes = typeof ROUTES;

/** The name of a route in the protocol's table. */
export type RouteName = keyof Routes;

type QueryOf<N extends RouteName> = Routes[N] extends { query: infer Q extends z.ZodType } ? z.output<Q> : unknown;

/** What a route is asked, after its role and its query were checked. */
export interface Asked<N extends RouteName> {
  /** who asks; null where the route asks nobody who they are */
  actor: Routes[N]['role'] extends null ? null : Actor;
  query: QueryOf<N>;
  /** the JSON that came, unchecked; undefined for a route without a body */
  body: unknown;
}

/** What a route does: from a question to the answer that the protocol promises. Problems are thrown. */
export type Handler<N extends RouteName> = (asked: Asked<N>) => Promise<z.input<Routes[N]['answer']>>;

/** A handler for each route of the protocol. */
export type Handlers = { [N in RouteName]: Handler<N> };
