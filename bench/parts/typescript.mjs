// Lets a benchmark import the parts of ui-tests, which are TypeScript: `await typescript('../../ui-tests/parts/lab.ts')`.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from '@swc/core';

// Node loads this file a second time, in the thread of its hooks.
if (isMainThread) register(import.meta.url);

/** Imports a file of the project's TypeScript. @param path from this folder */
export function typescript(path) {
  return import(new URL(path, import.meta.url));
}

/** Hook: imports say `.js` where the file is `.ts`. */
export async function resolve(specifier, context, next) {
  if (!context.parentURL?.endsWith('.ts') || !/^\.{1,2}\/.*\.js$/.test(specifier)) return next(specifier, context);
  return next(specifier.replace(/\.js$/, '.ts'), context);
}

/** Hook: takes the types away. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' }
  });
  return { format: 'module', source: code, shortCircuit: true };
}
