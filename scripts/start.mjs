// `npm start`. Only this file is read by a Node that is too old, so it holds nothing that such a Node can't parse.
import { checkNode } from './node-version.mjs';

checkNode(process.versions.node);
import('./start/run.mjs').then(({ run }) => run(process.env));
