import { type Log } from '../log.js';

/** What follows the record in batches. */
export interface Follower {
  /** Takes the next batch. @returns how many rows it took; null where another server is at it */
  step: () => Promise<number | null>;
  /** rows of a full batch: behind one the next follows at once */
  batch: number;
  /** how long to wait once there is nothing more, in ms */
  everyMs: number;
  /** what to log where a step fails, before it is tried again */
  failed: string;
}

/** A transaction of ingest ends within its statements' and its idle time; until then an older commit may come. ms */
export const LAG_MS = 90_000;

/** Follows the record, beside ingest, again and again. @returns a function that ends it, after the batch at hand */
export function keepUp({ step, batch, everyMs, failed }: Follower, log: Log): () => Promise<void> {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const catchUp = async (): Promise<void> => {
    try {
      let taken: number | null = batch;
      while (!ended && taken === batch) taken = await step();
    } catch (error) {
      // What ends takes from a step what it stands on; the cursor has not moved.
      if (!ended) log.warn({ error: (error as Error).message }, failed);
    }
    if (ended) return;
    timer = setTimeout(() => void (running = catchUp()), everyMs);
    timer.unref();
  };
  let running = catchUp();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
