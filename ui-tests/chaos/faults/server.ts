import { type Fault, type Stand } from '../fault.js';
import { signal } from '../processes.js';
import { type Server } from '../server.js';

const WHICH = ['first', 'second'] as const;

function ended(name: string, how: 'SIGKILL' | 'SIGTERM', which: (stand: Stand) => readonly Server[]): Fault {
  return {
    name,
    lane: 'server',
    holdMs: [500, 3_000],
    async inject(stand) {
      const servers = which(stand);
      await Promise.all(servers.map(server => server.end(how)));
      return async () => void (await Promise.all(servers.map(server => server.start())));
    }
  };
}

function frozen(place: 0 | 1): Fault {
  return {
    name: `${WHICH[place]} server frozen`,
    lane: 'server',
    holdMs: [2_000, 6_000],
    inject({ servers }) {
      const { pid } = servers[place];
      if (pid > 0) signal(pid, 'SIGSTOP');
      return Promise.resolve(() => {
        if (pid > 0) signal(pid, 'SIGCONT');
        return Promise.resolve();
      });
    }
  };
}

/** What can happen to the servers. */
export const SERVER_FAULTS: readonly Fault[] = [
  ended('first server killed', 'SIGKILL', ({ servers }) => [servers[0]]),
  ended('second server killed', 'SIGKILL', ({ servers }) => [servers[1]]),
  ended('both servers killed', 'SIGKILL', ({ servers }) => servers),
  ended('first server stopped', 'SIGTERM', ({ servers }) => [servers[0]]),
  ended('second server stopped', 'SIGTERM', ({ servers }) => [servers[1]]),
  frozen(0),
  frozen(1)
];
