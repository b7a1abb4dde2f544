#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../lib/server/cli/index.js', import.meta.url);
if (!existsSync(program)) {
  console.error('celltrail: it is not built yet\nFix: run npm run build in the repository');
  process.exit(1);
}
const { run } = await import(program.href);
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  out: line => console.log(line),
  err: line => console.error(line)
});
