import { type ServerResponse } from 'node:http';
import { type LiveRuns } from '@celltrail/protocol';
import { type Log } from '../log.js';
import { type ChangedRuns, type Moment } from '../store/changed-runs.js';
import { HEARTBEAT_MS, openStream, sendOrCut } from './stream.js';

/** The least time in ms between two updates, however many commits there are. */
export const UPDATE_MS = 1000;
/** Runs in one update; of more, the last ones, and that there were more. */
export const MOST_RUNS = 50;

/** Where updates come from. */
export interface WallSource {
  thisMoment(): Promise<Moment>;
  /** @param upTo null: up to now */
  changedRuns(after: Moment, upTo: Moment | null, most: number): Promise<ChangedRuns>;
}

/** The streams of `GET /api/v1/live?of=everyone`. */
export interface Wall {
  readonly size: number;
  /** Something was committed, by any server. */
  changed: () => void;
  /** @param lastId what the browser says it had; null for a new one */
  open(response: ServerResponse, lastId: string | null): void;
  close(): void;
}

/**
 * Updates for everyone who watches, read once for all of them. All that is done is done one after the other, so that
 * whoever joins has the same moment behind them as the others: nothing between two updates is missing or comes twice,
 * also where the browser was away, or comes back to another server.
 */
export function createWall(source: WallSource, log: Log): Wall {
  const streams = new Set<ServerResponse>();
  /** those that have not joined yet, and what each had last: whoever comes meanwhile joins in the same turn */
  const joining = new Map<ServerResponse, string | null>();
  let isClosed = false;
  let moment: Moment | null = null;
  let timer: NodeJS.Timeout | null = null;
  let queue: Promise<void> = Promise.resolve();

  const inTurn = (what: () => Promise<void>, failed: () => void): void => {
    const unlessClosed = () => (isClosed ? undefined : what());
    queue = queue.then(unlessClosed).catch((error: unknown) => {
      if (isClosed) return;
      log.warn({ error: (error as Error).message }, 'the live wall could not be told what changed');
      failed();
    });
  };
  const update = async (): Promise<void> => {
    if (!streams.size || !moment) return;
    const { runs, more, upTo } = await source.changedRuns(moment, null, MOST_RUNS);
    moment = upTo;
    if (!runs.length) return;
    const text = updateText({ runs, more }, upTo);
    for (const response of streams) sendOrCut(response, text);
  };
  const wake = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      inTurn(update, wake);
    }, UPDATE_MS).unref();
  };
  const join = async (): Promise<void> => {
    // The others are brought up to now first; nobody else's moment moves until these have joined.
    if (streams.size) await update();
    else moment = await source.thisMoment();
    for (const [response, lastId] of joining) {
      const last = readMoment(lastId, moment!);
      const missed = last ? await source.changedRuns(last, moment, MOST_RUNS) : { runs: [], more: true };
      joining.delete(response);
      if (response.destroyed) continue;
      response.write(updateText({ runs: missed.runs, more: missed.more }, moment!));
      streams.add(response);
    }
  };
  const heartbeat = setInterval(() => {
    for (const response of streams) sendOrCut(response, ': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    get size() {
      return streams.size;
    },
    changed() {
      if (streams.size) wake();
    },
    open(response, lastId) {
      openStream(response);
      response.on('close', () => {
        streams.delete(response);
        joining.delete(response);
      });
      joining.set(response, lastId);
      if (joining.size > 1) return;
      // A database that is away for now: the browsers come back with what they had.
      inTurn(join, () => {
        for (const left of joining.keys()) left.destroy();
        joining.clear();
      });
    },
    close() {
      clearInterval(heartbeat);
      if (timer) clearTimeout(timer);
      isClosed = true;
      for (const response of [...streams, ...joining.keys()]) response.end();
      streams.clear();
      joining.clear();
    }
  };
}

/** One update as it travels; its id is the moment that it brings the reader to. */
export function updateText(update: LiveRuns, { at, snapshot }: Moment): string {
  return `event: runs\nid: ${at}~${snapshot}\ndata: ${JSON.stringify(update)}\n\n`;
}

const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z)~(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,\d{1,19})*)?)$/;

/** @returns null for what no moment of this database can be: then nobody knows what was missed */
function readMoment(id: string | null, now: Moment): Moment | null {
  const [, at, from, to, running] = MOMENT.exec(id ?? '') ?? [];
  if (!at || !from || !to || Number.isNaN(Date.parse(at))) return null;
  const order = [from, ...(running ? running.split(',') : []), to].map(BigInt);
  const rises =
    order.every((xid, i) => i < 2 || xid > order[i - 1]! || order.length === 2) &&
    order[0]! > 0n &&
    order[0]! <= order[1]!;
  // A record that was restored from a backup is behind what the browser saw.
  const isPast = order.at(-1)! <= BigInt(now.snapshot.split(':')[1]!);
  return rises && isPast ? { at, snapshot: `${from}:${to}:${running}` } : null;
}
