// `npm test`; `npm test -- whole` plays every scenario of the fidelity suite too; `npm test -- lint jest …` runs parts.
import { checkNode } from './node-version.mjs';

checkNode(process.versions.node);
import('./test/run.mjs').then(({ run }) => run(process.env, process.argv.slice(2)));
