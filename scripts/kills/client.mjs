import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { typescript } from '../../bench/parts/typescript.mjs';

const { backoffMs } = await import('../../lib/outbox/backoff.js');
const { batchBody } = await import('../../lib/outbox/body.js');
const { exchange } = await import('../../lib/outbox/exchange.js');
const { browserSurroundings } = await import('../../lib/outbox/surroundings.js');
const { verdictOf } = await import('../../lib/outbox/verdict.js');
const { makeEvents } = await typescript('../../ui-tests/chaos/page/events.ts');

/** Events in one request at most. */
const MOST_EVENTS = 100;
/** Between two requests that were answered, ms. */
const PAUSE_MS = [5, 40];
/** Shorter than a browser's: what is tried is the server, and a person is not waiting for it. */
const BACKOFF = { baseMs: 30, maxMs: 300 };

/**
 * @typedef {{ port: number, inFlight: number }} Target
 * A server, and how many requests it has not answered.
 */

/**
 * A page without a browser: it makes events, keeps each until it was answered for, and sends it again until then, to
 * whichever server comes. What it does with an answer is the outbox's own code.
 */
export class Client {
  /**
   * @param {{ name: string, user: string, targets: Target[], dice: import('../../ui-tests/chaos/dice.ts').Dice, recorder:
   * import('../../ui-tests/chaos/recorder.ts').Recorder, onAnswered: (target: Target, sentAt: number) => void }} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  #page = randomUUID();
  #seq = 0;
  #quiet = false;
  /** not answered for */
  waiting = [];
  refused = [];
  /** how many were said to be stored, and how many to be there already: those were sent again */
  answers = { stored: 0, duplicate: 0 };

  /** Makes and sends until {@link quiet}, then until everything was answered for, or the signal ends it. */
  async run(signal) {
    let failures = 0;
    while (!signal.aborted && (!this.#quiet || this.waiting.length)) {
      if (!this.#quiet) this.#make();
      failures = (await this.#send(signal)) ? 0 : failures + 1;
      const pause = failures ? backoffMs(failures, this.dice.next(), null, BACKOFF) : this.dice.whole(...PAUSE_MS);
      await sleep(pause);
    }
  }

  /** Makes no more. */
  quiet() {
    this.#quiet = true;
  }

  #make() {
    const made = makeEvents(this.dice, randomUUID, Date.now).map(({ statement, kind }) => {
      const seq = ++this.#seq;
      const stamp = { page_id: this.#page, page_seq: seq, observed_at: new Date().toISOString() };
      return { seq, id: statement.id, kind, json: JSON.stringify({ ...statement, ...stamp }) };
    });
    this.#note({ captured: made.map(({ seq, id, kind }) => ({ seq, id, kind })) });
    this.waiting.push(...made);
  }

  /** @returns whether the server answered for the events */
  async #send(signal) {
    const target = this.dice.pick(this.targets);
    const batch = this.waiting.slice(0, MOST_EVENTS);
    const sentAt = performance.now();
    target.inFlight += 1;
    const heard = await exchange(
      browserSurroundings,
      `http://127.0.0.1:${target.port}/api/events`,
      this.#request(batch, signal)
    ).finally(() => (target.inFlight -= 1));
    const verdict = verdictOf(heard, batch.length, Date.now());
    if (verdict.kind !== 'answered') return false;
    this.#settle(batch, verdict.answers);
    this.onAnswered(target, sentAt);
    return true;
  }

  #request(batch, signal) {
    const { length: waiting } = this.waiting;
    const page = { page_id: this.#page, extension_version: 'kills', capturing: true, last_seq: this.#seq, waiting, refused: this.refused.length }; // prettier-ignore
    return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: batchBody(page, this.user, batch), signal }; // prettier-ignore
  }

  #settle(batch, answers) {
    const settled = batch.filter((_, place) => answers[place].outcome !== 'unclear');
    this.refused.push(...batch.filter((_, place) => answers[place].outcome === 'refused'));
    for (const { outcome } of answers) if (outcome in this.answers) this.answers[outcome] += 1;
    const gone = new Set(settled);
    this.waiting = this.waiting.filter(event => !gone.has(event));
    this.#note({ settled: settled.map(({ seq }) => seq) });
  }

  #note(news) {
    const place = { page: this.#page, profile: this.name, tab: '' };
    this.recorder.note({ ...place, captured: [], stored: [], settled: [], ...news });
  }

  /** What it holds, as an outbox tells of it. @returns {import('../../ui-tests/chaos/note.ts').Contents} */
  contents() {
    const places = events => events.map(({ seq }) => ({ page: this.#page, seq }));
    return { waiting: places(this.waiting), refused: places(this.refused) };
  }
}
