import { createServer } from 'node:net';
import pg from 'pg';
import { freePort } from './cluster.js';
import { isUnreachable } from './unreachable.js';

const fault = (code?: string, message = '') => Object.assign(new Error(message), code ? { code } : {});

describe('isUnreachable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '08006', '57P01', '57P03', '53300'])('knows %s', code => {
    expect(isUnreachable(fault(code))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'timeout expired',
    'Query read timeout',
    'Client was closed and is not queryable',
    'Client has encountered a connection error and is not queryable'
  ])('knows %p', message => {
    expect(isUnreachable(fault(undefined, message))).toBe(true);
  });

  it('knows what `pg` says of a connection that broke, and of what is asked of it afterwards', async () => {
    const peer = createServer(socket => socket.once('data', () => socket.resetAndDestroy()));
    const port = await freePort();
    await new Promise<void>(resolve => peer.listen(port, '127.0.0.1', resolve));
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'u', password: 'p', database: 'd' });
    client.on('error', () => undefined);
    const said = async (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => error); // prettier-ignore
    expect(isUnreachable(await said(client.connect()))).toBe(true);
    expect(isUnreachable(await said(client.query('ROLLBACK')))).toBe(true);
    await new Promise(resolve => peer.close(resolve));
  });

  it('knows a name none of whose addresses answers', () => {
    expect(isUnreachable(new AggregateError([fault('ECONNREFUSED'), fault('ENETUNREACH')]))).toBe(true);
  });

  it.each([fault('42P01'), fault('23505'), fault('57014'), fault(undefined, 'x is not a function'), 'text', undefined])(
    'takes %p for something else',
    error => expect(isUnreachable(error)).toBe(false)
  );
});
