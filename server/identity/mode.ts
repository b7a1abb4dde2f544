import { type IncomingMessage } from 'node:http';
import { type Actor } from './actor.js';

/** What an identity mode is made of. Values of the configuration, read elsewhere. */
export interface IdentitySettings {
  auth: 'loopback';
  /** the addresses the server listens on */
  hosts: readonly string[];
  /** who is on this machine, in the mode that asks nobody */
  user: string;
  allowedOrigins: readonly string[];
  /** where JupyterLab is; its origin may send events */
  labUrl: string | null;
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
  /** Whether pages of that origin may use the server. @param port the port it came in by */
  acceptsOrigin(origin: string, port: number | undefined): boolean;
  /** How browsers sign in; null where nobody does. */
  readonly sessions: Sessions | null;
  /** Who asks. @throws a `not-signed-in` problem when nobody can tell */
  authenticate(request: IncomingMessage): Promise<Actor>;
}
