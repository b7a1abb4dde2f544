import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { plainWords } from './log-words.mjs';
import { whereabouts } from './server.mjs';

const PINO = '{"level":30,"time":1,"msg":"the database is up, psql is the way in"}';

test('where everything is, is found among the log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'celltrail-'));
  const line = { portal: 'http://localhost:8001/portal', psql: 'psql "host=127.0.0.1 user=celltrail_reader"' };
  await writeFile(join(folder, 'log'), `${PINO}\n${JSON.stringify(line)}\n${PINO}\n`);
  assert.deepEqual(await whereabouts(join(folder, 'log')), line);
  await writeFile(join(folder, 'log'), `${PINO}\n`);
  assert.deepEqual(await whereabouts(join(folder, 'log')), {});
  await rm(folder, { recursive: true });
});

test('of a log with words for a person, those are shown', () => {
  assert.equal(plainWords(`${PINO}\ncelltrail: no database\nFix: start it\n`), 'celltrail: no database\nFix: start it');
  assert.equal(plainWords(PINO), PINO);
});
