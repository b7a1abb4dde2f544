// `npm run build`: everything that is out of date, down to the wheel in dist/.
import { checkNode } from './node-version.mjs';

checkNode(process.versions.node);
import('./build/run.mjs').then(({ run }) => run(process.env));
