// The thread that reads codes, from its TypeScript, as Jest runs everything else; thread-file.ts leads here.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

Module._extensions['.ts'] = (module, path) => {
  const options = { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }; // prettier-ignore
  module._compile(transformSync(readFileSync(path, 'utf8'), options).code, path);
};
require('./typescript-imports.ts').resolveTypescript();
require('../anomalies/names/thread.ts');
