import { type Check } from '@celltrail/protocol';
import { type Log } from '../log.js';
import { type Checker, type Finding, type View, toCheck } from './check.js';
import { capture } from './checks/capture.js';
import { database } from './checks/database.js';
import { extension } from './checks/extension.js';
import { identity } from './checks/identity.js';
import { lastEvent } from './checks/last-event.js';
import { outbox } from './checks/outbox.js';
import { keeping } from './checks/keeping.js';
import { partitions } from './checks/partitions.js';
import { roles } from './checks/roles.js';
import { sequence } from './checks/sequence.js';
import { schema } from './checks/schema.js';
import { search } from './checks/search.js';
import { server } from './checks/server.js';

/** The troubleshooting list, in the order a person goes through it. */
export const CHECKERS: readonly Checker[] = [
  server,
  database,
  schema,
  roles,
  partitions,
  search,
  identity,
  extension,
  capture,
  outbox,
  keeping,
  sequence,
  lastEvent
];

/**
 * Goes through the list. An item that can't be looked at is "nothing to judge": the one that says why is wrong
 * already, and a list that is all wrong helps nobody.
 */
export async function runChecks(view: View, log: Log, checkers: readonly Checker[] = CHECKERS): Promise<Check[]> {
  const reachable = (await database.look(view)).ok === true;
  const look = async (checker: Checker): Promise<Finding> => {
    if (checker.needsDatabase && !reachable) return { ok: null };
    try {
      return await checker.look(view);
    } catch (error) {
      log.warn({ check: checker.id, code: (error as { code?: unknown }).code }, 'check failed');
      return { ok: null };
    }
  };
  const findings = await Promise.all(checkers.map(look));
  return findings.map((finding, i) => toCheck(checkers[i]!.id, finding));
}
