import { authorization } from '../authorization.js';
import { Credential } from './credential.js';
import { StillSurroundings } from './test/clock.js';

test('what the image gave to show the server goes with the question who this is', async () => {
  const seen: RequestInit[] = [];
  const text = () => Promise.resolve(JSON.stringify({ username: 'sara' }));
  const answer = { status: 200, text, headers: new Map() } as unknown as Response;
  const time = new StillSurroundings(((_url: string, init: RequestInit) => {
    seen.push(init);
    return Promise.resolve(answer);
  }) as typeof fetch);
  const credential = new Credential(
    time,
    () => 'http://a:1',
    () => 'celltrail_x'
  );
  expect(await credential.ask(new AbortController().signal)).toEqual({ username: 'sara' });
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer celltrail_x' });
});

test('without a token there is no header to ask a preflight for', () => {
  expect(authorization(null)).toEqual({});
});
