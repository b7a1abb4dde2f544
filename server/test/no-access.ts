import { type Access } from '../answers/access.js';

/** Puts no reading on record: for tests of what answers say. */
export const NO_ACCESS: Access = { read: () => Promise.resolve(), sought: () => Promise.resolve() };
