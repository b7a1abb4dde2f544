import { type IncomingMessage } from 'node:http';
import { type Kysely } from 'kysely';
import { type Database } from '../store/schema.js';
import { type Actor } from './actor.js';
import { type NoteDenial } from './denials.js';

/** What an identity mode is made of. Values of the configuration, read elsewhere. */
export interface IdentitySettings {
  auth: 'loopback' | 'token';
  /** the addresses the server listens on */
  hosts: readonly string[];
  /** who is on this machine, in the mode that asks nobody */
  user: string;
  /** users who may do all, where their token says nothing of it */
  admins: readonly string[];
  /** users who may read all, likewise */
  auditors: readonly string[];
  allowedOrigins: readonly string[];
  /** where JupyterLab is; its origin may send events */
  labUrl: string | null;
}

/** What a mode works with. */
export interface IdentityParts {
  /** the open store; asked for when a request is there, not before */
  db: () => Kysely<Database>;
  /** ms of a clock that never goes back */
  clock: () => number;
  /** puts a refusal on record */
  note: NoteDenial;
}

/** The sessions of browsers that signed in once. */
export interface Sessions {
  /**
   * Opens one. @param address where the request came from
   * @throws `token-refused`, `too-many-failures`
   */
  open(token: string, address: string): Promise<{ actor: Actor; cookie: string; maxAgeS: number }>;
  /** Ends one; one that is not there is ended already. */
  close(cookie: string): Promise<void>;
}

/** One way of knowing who asks. A mode is a file in `modes/` and its line in `authenticate.ts`. */
export interface IdentityMode {
  readonly name: IdentitySettings['auth'];
  /** Whether the server answers to that name at all. @param host the `Host` header @param port the port it came in by */
  servesHost(host: string | undefined, port: number | undefined): boolean;
  /** Whether pages of that origin may use the server. @param port the port it came in by @param host the `Host` header */
  acceptsOrigin(origin: string, port: number | undefined, host?: string): boolean;
  /** How browsers sign in; null where nobody does. */
  readonly sessions: Sessions | null;
  /** Who asks. @throws `not-signed-in`, `token-refused`, `too-many-failures` */
  authenticate(request: IncomingMessage): Promise<Actor>;
  /** Somebody asked for what their role may not. @param route as the table writes it */
  refused?(actor: Actor, request: IncomingMessage, route: string): void;
}
