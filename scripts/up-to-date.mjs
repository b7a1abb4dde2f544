import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ROOT, WORKSHOP } from './places.mjs';
import { UP_TO_DATE } from './progress.mjs';

/** What is made, not written, and what only tests read: never an input. */
const MADE = new Set(['node_modules', 'lib', 'labextension', '__pycache__', 'tests', 'test', 'results']);
const PORTAL = join('server', 'public');
const TEST = /\.(test|spec)\.[a-z]+$/;

/**
 * Does some work unless it was done before with the same inputs and its outputs are still there.
 * @param {{ name: string, inputs: string[], outputs: string[] }} part paths from the root; folders count with all
 * that was written in them, tests apart
 * @param {() => Promise<unknown>} work
 * @param {{ root?: string, notes?: string }} [places] for tests
 * @returns {Promise<typeof UP_TO_DATE | void>}
 */
export async function unlessUpToDate({ name, inputs, outputs }, work, { root = ROOT, notes } = {}) {
  const note = join(notes ?? join(WORKSHOP, 'build'), name);
  const wanted = await digestOf(inputs, root);
  const there = outputs.every(path => existsSync(join(root, path)));
  if (there && existsSync(note) && (await readFile(note, 'utf8')) === wanted) return UP_TO_DATE;
  // Work that breaks off must not leave an old note beside new outputs.
  await rm(note, { force: true });
  await work();
  await mkdir(dirname(note), { recursive: true });
  await writeFile(note, wanted);
}

/**
 * A digest of the names and contents of files.
 * @param {string[]} paths from the root; one that is missing counts as missing
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function digestOf(paths, root) {
  const hash = createHash('sha256');
  // Another Node may build other outputs out of the same inputs.
  hash.update(process.versions.node);
  for (const path of paths) {
    for (const file of await filesOf(join(root, path))) {
      const content = await readFile(file);
      hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

async function filesOf(path) {
  const entry = await stat(path).catch(error => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!entry) return [];
  if (entry.isFile()) return [path];
  const names = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !MADE.has(name) && !TEST.test(name) && !join(path, name).endsWith(PORTAL))
    .map(({ name }) => name)
    .sort();
  return (await Promise.all(names.map(name => filesOf(join(path, name))))).flat();
}
