import { type Socket } from 'node:net';
import type pg from 'pg';

/**
 * Breaks a pool's connections whose database says nothing for too long while it is asked something: a host that
 * vanished, or a process that was frozen, closes no connection, and TCP itself takes hours to notice. What was asked
 * then fails with `ETIMEDOUT`; the outcome is unknown, and the same again is safe.
 * @param silenceMs longer than any statement may take, so that a slow database speaks first
 */
export function breakSilence(pool: pg.Pool, silenceMs: number): void {
  pool.on('connect', client => {
    const socket = socketOf(client);
    socket.on('timeout', () => socket.destroy(timedOut(silenceMs)));
  });
  pool.on('acquire', client => void socketOf(client).setTimeout(silenceMs));
  pool.on('release', (_, client) => void socketOf(client).setTimeout(0)); // a connection may rest as long as it likes
}

/** `pg` has no name for it; it is what its own pool calls `ref` and `unref` on. */
function socketOf(client: pg.PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

function timedOut(ms: number): Error {
  return Object.assign(new Error(`the database was silent for ${ms} ms`), { code: 'ETIMEDOUT' });
}
