import { SERVER_VERSION } from '../../version.js';
import { type Checker } from '../check.js';

/** Is the server reachable? Whoever reads its answer knows. */
export const server: Checker = {
  id: 'server',
  needsDatabase: false,
  look: () => Promise.resolve({ ok: true, figures: { version: SERVER_VERSION } })
};
