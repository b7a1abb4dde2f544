import { connect, createServer, type Socket } from 'node:net';

/** What the cable does to a server's connections to its database. */
export type CableFault = 'refused' | 'hanging' | 'slow' | 'half-answer' | 'commit-cut' | 'commit-lost';

/** The wire between a server and its database. */
export interface Cable {
  readonly port: number;
  fault: CableFault | null;
  /** Resets every connection. */
  breakAll(): void;
  close(): Promise<void>;
}

const SLOW_MS = 150;
/** How long a commit that was let through has, before both ends are cut, ms. */
const COMMIT_MS = 40;

/** @param target the database's port, which may be another after it was started again */
export async function startCable(target: () => number): Promise<Cable> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer(client => {
    if (cable.fault === 'refused') return void client.resetAndDestroy();
    const database = connect(target(), '127.0.0.1');
    const pair = [client, database] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.on('data', chunk => fromClient(chunk, pair));
    database.on('data', chunk => fromDatabase(chunk, pair));
  });

  const fromClient = (chunk: Buffer, [client, database]: readonly [Socket, Socket]): void => {
    const commits = /\bcommit\b/i.test(chunk.toString('latin1'));
    if (commits && cable.fault === 'commit-lost') return void client.resetAndDestroy();
    if (commits && cable.fault === 'commit-cut') {
      // The database hears it and nobody hears the database.
      database.removeAllListeners('data').resume();
      database.write(chunk);
      setTimeout(() => client.resetAndDestroy(), COMMIT_MS);
      return;
    }
    pass(chunk, database, cable.fault);
  };
  const fromDatabase = (chunk: Buffer, [client, database]: readonly [Socket, Socket]): void => {
    if (cable.fault !== 'half-answer') return pass(chunk, client, cable.fault);
    client.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => client.resetAndDestroy());
    database.destroy();
  };

  const breakAll = (): void => pairs.forEach(([client, database]) => [client, database].map(end => end.resetAndDestroy())); // prettier-ignore
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const cable: Cable = {
    port: address.port,
    fault: null,
    breakAll,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        breakAll();
      })
  };
  return cable;
}

// What hangs is swallowed: such a connection is of no use afterwards, and healing breaks it.
function pass(chunk: Buffer, to: Socket, fault: CableFault | null): void {
  if (fault === 'hanging' || to.destroyed) return;
  if (fault === 'slow') setTimeout(() => to.destroyed || to.write(chunk), SLOW_MS);
  else to.write(chunk);
}
