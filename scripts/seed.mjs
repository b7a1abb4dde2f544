// `npm run seed -- --users 200 --days 90`: a company's executions, the same for the same seed and moment. Wants the
// server built. `--help` says the rest.
import { checkNode } from './node-version.mjs';

checkNode(process.versions.node);
import('./seed/run.mjs').then(({ run }) => run(process.argv.slice(2), process.env));
