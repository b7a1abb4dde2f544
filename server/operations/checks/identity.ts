import { type Checker } from '../check.js';

/** Is this user's identity accepted? Who gets this far is known; the question is as whom. */
export const identity: Checker = {
  id: 'identity',
  needsDatabase: false,
  look: ({ actor, auth }) =>
    Promise.resolve({ ok: true, figures: { username: actor.username, role: actor.role, auth } })
};
