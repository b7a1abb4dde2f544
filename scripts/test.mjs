// `npm test`, or `node scripts/test.mjs lint jest …` for some parts of it.
import { checkNode } from './node-version.mjs';

checkNode(process.versions.node);
import('./test/run.mjs').then(({ run }) => run(process.env, process.argv.slice(2)));
