import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CODE_LENGTH, makeEvent } from './events.mjs';

const { backoffMs } = await import('../../lib/outbox/backoff.js');
const { batchBody } = await import('../../lib/outbox/body.js');
const { verdictOf } = await import('../../lib/outbox/verdict.js');

/** As long as the outbox waits for an answer, ms. */
const TIMEOUT_MS = 30_000;

/** A page that sends what it has until it was answered for, with the outbox's own pauses and reading of answers. */
export class Sender {
  #port;
  #page = randomUUID();
  #seq = 0;
  #ready = null;
  #agent;
  counts = { requests: 0, turnedAway: 0, broken: 0 };

  /**
   * @param {number} port of a server on this machine
   * @param {boolean} [keepAlive] whether it keeps its connection from one request to the next, as a browser does whose
   * requests follow each other within the server's keep-alive time
   */
  constructor(port, keepAlive = true) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive, maxSockets: 1 });
  }

  /** Makes the events of the next delivery ahead of it, so that making them takes no time then. */
  prepare(count) {
    this.#ready = this.#body(count);
  }

  /** Makes so many events and sends them as one batch, again and again until each was stored. */
  async deliver(count) {
    const body = this.#ready ?? this.#body(count);
    this.#ready = null;
    for (let failures = 0; ;) {
      const verdict = verdictOf(await this.#post(body), count, Date.now());
      if (verdict.kind === 'answered') {
        const bad = verdict.answers.find(({ outcome }) => outcome !== 'stored' && outcome !== 'duplicate');
        if (bad) throw new Error(JSON.stringify(bad));
        this.#seq += count;
        return;
      }
      failures += 1;
      await sleep(backoffMs(failures, Math.random(), verdict.retryAfterMs));
    }
  }

  #body(count) {
    const at = new Date().toISOString();
    const entries = Array.from({ length: count }, (_, place) => {
      const seq = this.#seq + place + 1;
      const [kernel_id, msg_id] = [this.#page, `${this.#page}_${seq}`];
      const code = `# ${msg_id}\n${'x'.repeat(CODE_LENGTH)}`;
      const event = makeEvent({ at, kernel_id, msg_id, page_id: this.#page, page_seq: seq, cell_number: seq, code });
      return { json: JSON.stringify(event) };
    });
    const page = { page_id: this.#page, extension_version: 'bench', capturing: true, last_seq: this.#seq + count, waiting: count, refused: 0 }; // prettier-ignore
    return Buffer.from(batchBody(page, 'bench', entries));
  }

  /** @returns {Promise<import('../../src/outbox/verdict.ts').Heard>} */
  #post(body) {
    this.counts.requests += 1;
    const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
    return new Promise(resolve => {
      const failed = error => {
        this.counts.broken += 1;
        resolve({ status: 0, body: undefined, retryAfter: null, failure: error.message });
      };
      const call = request({ host: '127.0.0.1', port: this.#port, path: '/api/events', method: 'POST', headers, agent: this.#agent, timeout: TIMEOUT_MS }, response => {
        if (response.statusCode === 503) this.counts.turnedAway += 1;
        const parts = [];
        response.on('data', part => parts.push(part));
        response.on('error', failed);
        response.on('end', () => resolve({ status: response.statusCode, body: parsed(Buffer.concat(parts)), retryAfter: response.headers['retry-after'] ?? null, failure: null })); // prettier-ignore
      }); // prettier-ignore
      call.on('timeout', () => call.destroy(new Error('timeout')));
      call.on('error', failed);
      call.end(body);
    });
  }
}

function parsed(bytes) {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
