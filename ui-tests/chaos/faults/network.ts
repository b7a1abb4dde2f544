import { setTimeout as sleep } from 'node:timers/promises';
import { type Dice } from '../dice.js';
import { type Fault, type Stand } from '../fault.js';
import { type Crossing, type Reply, type Weather } from '../gate.js';

const HOLD_MS = [1_500, 5_000] as const;
const HTML = '<!doctype html><title>Sign in</title><h1>Welcome to the hotel</h1>';
/** What the narrow proxy lets through, bytes: single events are smaller, a batch after an outage is not. */
const NARROW_BYTES = 24 * 1024;

// What stands in between answers with or without the headers that let a page read it, by chance.
function said(status: number, headers: Record<string, string> = {}, body = HTML) {
  return (dice: Dice): Weather => {
    return ({ request, response, answer }) => {
      const readable = dice.next() < 0.6;
      const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
      // A preflight that is let through, so that the request itself meets the fault.
      if (readable && request.method === 'OPTIONS') {
        const methods = { 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'content-type' };
        return void response.writeHead(204, { ...open, ...methods }).end();
      }
      const type = body.startsWith('{') ? 'application/json' : 'text/html';
      answer({
        status,
        headers: { 'content-type': type, ...headers, ...(readable ? open : {}) },
        body: Buffer.from(body)
      });
    };
  };
}

async function lost({ request, forward }: Crossing): Promise<void> {
  await forward();
  request.socket.resetAndDestroy();
}

async function half({ response, forward, answer }: Crossing): Promise<void> {
  const reply = await forward();
  if (!reply || reply.body.length < 2) return answer(reply);
  const headers = { ...reply.headers, 'content-length': reply.body.length };
  response.writeHead(reply.status, headers);
  response.write(reply.body.subarray(0, reply.body.length / 2), () => response.destroy());
}

async function twice({ forward, answer }: Crossing): Promise<void> {
  const [first, second] = await Promise.all([forward(), forward()]);
  answer(first ?? second);
}

// Whole as far as HTTP can tell, and yet not all of it.
async function cutShort({ forward, answer }: Crossing): Promise<void> {
  const reply = await forward();
  answer(reply && { ...reply, body: reply.body.subarray(0, Math.max(0, reply.body.length - 9)) });
}

async function fewer({ request, forward, answer }: Crossing): Promise<void> {
  const reply = await forward();
  answer(reply && request.method === 'POST' && reply.status === 200 ? withoutLast(reply) : reply);
}

function withoutLast(reply: Reply): Reply {
  const parsed = JSON.parse(reply.body.toString()) as { answers: unknown[] };
  return { ...reply, body: Buffer.from(JSON.stringify({ ...parsed, answers: parsed.answers.slice(1) })) };
}

const narrow = (dice: Dice): Weather => {
  const refuse = said(413)(dice);
  return crossing => {
    if (crossing.body.length > NARROW_BYTES) refuse(crossing);
    else void crossing.forward().then(crossing.answer);
  };
};

const slow = (dice: Dice): Weather => {
  return async ({ response, forward }) => {
    await sleep(dice.whole(300, 1_500));
    const reply = await forward();
    if (!reply || response.destroyed) return response.destroy();
    const { body } = reply;
    response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
    for (let from = 0; from < body.length; from += 400) {
      response.write(body.subarray(from, from + 400));
      await sleep(60);
    }
    response.end();
  };
};

const WEATHERS: Record<string, (dice: Dice) => Weather> = {
  'connection reset': () => crossing => crossing.request.socket.resetAndDestroy(),
  'request hangs': () => () => undefined,
  'slow network': slow,
  'half an answer': () => half,
  'half a request': () => crossing => crossing.breakOff(),
  'answer lost after the commit': () => lost,
  'answer cut short': () => cutShort,
  'an answer too few': () => fewer,
  'request sent twice': () => twice,
  'portal page with 200': said(200),
  'other JSON with 200': said(200, {}, '{"ok":true}'),
  'redirect to a portal': said(302, { location: 'http://portal.invalid/' }),
  'proxy: 401': said(401),
  'proxy: 403': said(403),
  'proxy: 413': narrow,
  'proxy: 429 with Retry-After': said(429, { 'retry-after': '2' }),
  'proxy: 500': said(500),
  'proxy: 502': said(502),
  'proxy: 503 with Retry-After': said(503, { 'retry-after': '1' }),
  'proxy: 504': said(504)
};

/** What a network and a proxy do between the browsers and the servers. */
export const NETWORK_FAULTS: readonly Fault[] = [
  ...Object.entries(WEATHERS).map(([name, weather]): Fault => ({
    name,
    lane: 'network',
    holdMs: HOLD_MS,
    inject({ gate, dice }) {
      gate.weather = weather(dice);
      return Promise.resolve(() => {
        gate.weather = null;
        gate.breakAll();
        return Promise.resolve();
      });
    }
  })),
  {
    name: 'connection refused',
    lane: 'network',
    holdMs: HOLD_MS,
    async inject(stand: Stand) {
      await stand.gate.shut();
      return async () => {
        await stand.gate.open();
        // Half of all networks that come back are noticed by the browser.
        if (stand.dice.next() < 0.5) for (const profile of stand.profiles) await profile.tellOnline();
      };
    }
  }
];
