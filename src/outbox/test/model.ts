import { describeProblem, MAX_BATCH_EVENTS, MAX_BODY_BYTES } from '@celltrail/protocol';
import fc from 'fast-check';
import { FRESH, hurry, nextBatch, settle, waitMs, type Item, type Queue } from '../queue.js';
import { verdictOf, type Heard } from '../verdict.js';

/** An event of the model: whose it is, and whether the server will ever take it. */
export interface ModelEvent extends Item {
  actor: string;
  isBad: boolean;
}

/** What a server may do with a batch. `hears` is whether the batch is stored, `says` what comes back. */
export const WEATHER = {
  fine: { hears: true, says: null },
  answerLost: { hears: true, says: { status: 0, body: undefined } },
  answerGarbled: { hears: true, says: { status: 200, body: { answers: [{ outcome: 'postponed' }] } } },
  // Longer than any batch, so never the answer to this one.
  anotherAnswer: {
    hears: false,
    says: { status: 200, body: { answers: Array<unknown>(MAX_BATCH_EVENTS + 1).fill({ outcome: 'stored' }) } }
  },
  down: { hears: false, says: { status: 0, body: undefined } },
  portal: { hears: false, says: { status: 200, body: undefined } },
  signedOut: { hears: false, says: { status: 401, body: undefined } },
  tooNew: { hears: false, says: { status: 400, body: describeProblem('protocol-unsupported') } },
  busy: { hears: false, says: { status: 503, body: describeProblem('overloaded') } },
  broken: { hears: false, says: { status: 500, body: undefined } }
} as const;

/** One of {@link WEATHER}. */
export type Weather = keyof typeof WEATHER;

/** What the world is allowed to know beside the queue: the truth that the queue is held to. */
export interface Model {
  captured: Map<number, ModelEvent>;
}

/** The store, the queue and a server, as the edge joins them. */
export class World {
  queue: Queue = FRESH;
  readonly waiting = new Map<number, ModelEvent>();
  readonly refused = new Map<number, ModelEvent>();
  /** what the server has, with the person it booked it on */
  readonly server = new Map<number, string>();
  signedIn = 'ana';
  now = 0;
  /** UTF-8 bytes and events that the server's side takes in one body */
  limit = { bytes: MAX_BODY_BYTES, events: MAX_BATCH_EVENTS };

  /** Send one batch of the person who is signed in, if the queue lets us. @param tabs how many tabs send it at once */
  send(weather: Weather, retryAfter: string | null, random: number, tabs: number): void {
    if (waitMs(this.queue, this.now) > 0) return;
    const own = [...this.waiting.values()].filter(({ actor }) => actor === this.signedIn);
    const batch = nextBatch(this.queue, own, this.now);
    if (batch.length === 0) return;
    checkBatch(batch, own, this.queue);
    // All answers are on their way before the first is acted on: the tabs overlap.
    const heard = Array.from({ length: tabs }, () => this.receive(batch, weather, retryAfter));
    for (const each of heard) this.apply(batch, each, random);
  }

  hurry(): void {
    this.queue = hurry(this.queue);
  }

  crash(): void {
    this.queue = FRESH;
  }

  private receive(batch: readonly ModelEvent[], weather: Weather, retryAfter: string | null): Heard {
    const bytes = batch.reduce((sum, event) => sum + event.bytes, 0);
    const { hears, says } = WEATHER[weather];
    const isThere = hears || weather === 'signedOut';
    // What is on the way speaks first, and in no words of ours.
    if (bytes > this.limit.bytes) return { status: 413, body: undefined, retryAfter, failure: null };
    if (isThere && bytes > MAX_BODY_BYTES) {
      return { status: 413, body: describeProblem('body-too-large'), retryAfter, failure: null };
    }
    if (isThere && batch.length > this.limit.events) {
      return { status: 413, body: describeProblem('batch-too-large'), retryAfter, failure: null };
    }
    const answers = hears ? batch.map(event => this.store(event)) : [];
    return { retryAfter, failure: null, ...(says ?? { status: 200, body: { answers } }) };
  }

  private store(event: ModelEvent): unknown {
    if (event.isBad) return { outcome: 'refused', problem: describeProblem('field-invalid') };
    if (this.server.has(event.key)) return { outcome: 'duplicate' };
    this.server.set(event.key, this.signedIn);
    return { outcome: 'stored' };
  }

  private apply(batch: readonly ModelEvent[], heard: Heard, random: number): void {
    const verdict = verdictOf(heard, batch.length, 0);
    const settled = settle(this.queue, batch, verdict, this.now, random);
    this.queue = settled.queue;
    for (const key of settled.acknowledged) this.waiting.delete(key);
    for (const { key } of settled.refused) {
      const event = this.waiting.get(key);
      if (!event) continue;
      this.waiting.delete(key);
      this.refused.set(key, event);
    }
  }
}

/** Every captured event is in one place, and nowhere it must not be. @throws when not */
export function checkPlaces({ captured }: Model, world: World): void {
  for (const [key, event] of captured) {
    const isWaiting = world.waiting.has(key);
    const isRefused = world.refused.has(key);
    const booked = world.server.get(key);
    if (isWaiting && isRefused) throw new Error(`event ${key} is kept twice`);
    if (!isWaiting && !isRefused && booked === undefined) throw new Error(`event ${key} is lost`);
    if (booked !== undefined && booked !== event.actor) throw new Error(`event ${key} is booked on ${booked}`);
    if (isRefused && !event.isBad && event.bytes <= MAX_BODY_BYTES) throw new Error(`event ${key} was given up`);
  }
  for (const key of world.server.keys()) if (!captured.has(key)) throw new Error(`event ${key} was never captured`);
}

function checkBatch(batch: readonly Item[], own: readonly Item[], { aside }: Queue): void {
  const bytes = batch.reduce((sum, item) => sum + item.bytes + 1, 0);
  if (batch.length > MAX_BATCH_EVENTS) throw new Error('more events than one batch may have');
  if (batch.length > 1 && bytes >= MAX_BODY_BYTES) throw new Error('more bytes than one body may have');
  if (batch.some(({ key }) => aside.has(key))) {
    if (batch.length > 1) throw new Error('what was set aside did not travel alone');
    return;
  }
  const passing = own.filter(({ key }) => !aside.has(key));
  if (batch.some((item, index) => item !== passing[index])) throw new Error('not the oldest first');
}

/** Something that happens. */
export type Deed = fc.Command<Model, World>;

function deed(name: string, run: (model: Model, world: World) => void): Deed {
  return {
    check: () => true,
    toString: () => name,
    run: (model, world) => {
      run(model, world);
      checkPlaces(model, world);
    }
  };
}

const person = fc.constantFrom('ana', 'babak');
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** All that can happen, small events more often than huge ones. */
export const deeds: fc.Arbitrary<Deed>[] = [
  fc
    .record({
      actor: person,
      bytes: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 5000 }) },
        fc.integer({ min: 1, max: 20_000_000 })
      ),
      isBad: fc.boolean(),
      copies: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(1, 3) }, fc.constant(600))
    })
    .map(({ copies, bytes, ...event }) =>
      deed(`capture ${copies} of ${bytes} bytes by ${event.actor}${event.isBad ? ', bad' : ''}`, (model, world) => {
        for (let copy = 0; copy < copies; copy++) {
          const key = model.captured.size + 1;
          const captured = { ...event, key, bytes: copies > 1 ? bytes % 5000 : bytes };
          model.captured.set(key, captured);
          world.waiting.set(key, captured);
        }
      })
    ),
  fc
    .record({
      weather: fc.constantFrom(...(Object.keys(WEATHER) as Weather[])),
      retryAfter: fc.constantFrom(null, '5', 'soon'),
      random,
      tabs: fc.constantFrom(1, 1, 2)
    })
    .map(({ weather, retryAfter, random, tabs }) =>
      deed(`send from ${tabs} tab(s), ${weather}`, (_, world) => world.send(weather, retryAfter, random, tabs))
    ),
  fc.integer({ min: 0, max: 200_000 }).map(ms => deed(`${ms} ms pass`, (_, world) => void (world.now += ms))),
  fc.constant(deed('hurry', (_, world) => world.hurry())),
  fc.constant(deed('crash', (_, world) => world.crash())),
  person.map(name => deed(`${name} signs in`, (_, world) => void (world.signedIn = name))),
  fc
    .record({
      bytes: fc.integer({ min: 4000, max: MAX_BODY_BYTES }),
      events: fc.integer({ min: 1, max: MAX_BATCH_EVENTS })
    })
    .map(limit =>
      deed(`the way takes ${limit.bytes} bytes, the server ${limit.events} events`, (_, world) => {
        world.limit = limit;
      })
    )
];
