import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { type LiveRuns, type RunningNow } from '@celltrail/protocol';
import { useClient } from '../../client.js';

/** The key of what runs now. It is kept up by its own stream, not by what changes of the reader's own record. */
export const RUNNING = ['running'];

/** At most so often it is asked anew, in ms, and up to as long again: many walls must not ask in one moment. */
const AGAIN_MS = 1_000;

/** Keeps what runs now up to date: what ended leaves at once, what began is asked for. */
export function useLiveWall(): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: RUNNING });
    };
    const onRuns = ({ runs, more }: LiveRuns) => {
      const ended = new Set(runs.filter(({ status }) => status !== 'running').map(({ id }) => id));
      const shown = queries.getQueryData<RunningNow[]>(RUNNING);
      const left = shown?.filter(({ id }) => !ended.has(id));
      if (left && left.length < shown!.length) queries.setQueryData(RUNNING, left);
      const isNew = runs.some(({ id, status }) => status === 'running' && !left?.some(run => run.id === id));
      if (more || isNew) timer ??= setTimeout(ask, AGAIN_MS * (1 + Math.random()));
    };
    const end = client.liveRuns({ onRuns });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [client, queries]);
}
