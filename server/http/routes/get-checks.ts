import { type Check } from '@celltrail/protocol';
import { type Actor } from '../../identity/actor.js';
import { type Handler } from '../route.js';

/** Answer the troubleshooting list, item by item. */
export function getChecks(checks: (actor: Actor) => Promise<Check[]>): Handler<'getChecks'> {
  return ({ actor }) => checks(actor);
}
