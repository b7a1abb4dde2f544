import type { Me } from '@celltrail/protocol';
import { authorization } from '../authorization.js';
import { exchange } from './exchange.js';
import type { Surroundings } from './surroundings.js';
import { failed, type Failed } from './verdict.js';

/** How long the server's word on who is signed in is good without asking again, in ms. */
export const TRUSTED_MS = 5 * 60_000;

/** What every request to the server carries so that it knows who asks. */
export const CREDENTIAL: RequestInit = { credentials: 'same-origin', referrerPolicy: 'no-referrer' };

/** Who the server takes this page for. */
export class Credential {
  constructor(
    private readonly surroundings: Surroundings,
    private readonly endpoint: () => string,
    private readonly token: () => string | null = () => null
  ) {}

  /** What says who asks, in a request's headers. */
  get headers(): Record<string, string> {
    return authorization(this.token());
  }

  /** The last name the server gave, null before the first: new events are filed under it, confirmed or not. */
  get username(): string | null {
    return this.name;
  }

  /** Whether the server has to be asked before anything is sent as somebody. */
  get mustAsk(): boolean {
    return !this.confirmed || this.surroundings.monotonic() - this.askedAt > TRUSTED_MS;
  }

  /** Ask the server. @returns the name, or the failure that keeps everything waiting */
  async ask(signal: AbortSignal): Promise<{ username: string } | Failed> {
    const heard = await exchange(this.surroundings, `${this.endpoint()}/api/me`, {
      ...CREDENTIAL,
      headers: { accept: 'application/json', ...this.headers },
      signal
    });
    const username = heard.status === 200 ? (heard.body as Partial<Me> | undefined)?.username : undefined;
    if (typeof username !== 'string' || username === '') {
      this.confirmed = false;
      return failed(heard, this.surroundings.now(), heard.status === 200 ? 'unreachable' : undefined);
    }
    this.name = username;
    this.confirmed = true;
    this.askedAt = this.surroundings.monotonic();
    return { username };
  }

  /** Something hints that another person may be signed in now: ask before the next batch. */
  distrust(): void {
    this.confirmed = false;
  }

  private name: string | null = null;
  private confirmed = false;
  private askedAt = 0;
}
