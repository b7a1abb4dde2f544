import { type Kysely } from 'kysely';
import { digestId, type Role } from '@celltrail/protocol';
import { keepUp, LAG_MS } from '../follow/catch-up.js';
import { type Log } from '../log.js';
import { keepAnomalies } from '../store/anomalies.js';
import { followDays, type ChangedDay, type Pace } from '../store/changed-days.js';
import { firstUsesByDay, firstUsesOf, keepFirstUses } from '../store/first-uses.js';
import { habitsOf, HISTORY_DAYS, runsOf } from '../store/person-day.js';
import { type Database } from '../store/schema.js';
import { tokenRolesOf } from '../store/tokens.js';
import { type Detector } from './detector.js';
import { DETECTORS } from './detectors/index.js';
import { nameRuns } from './named-runs.js';
import { createReader } from './names/reader.js';
import { forbiddenBy, type Policy } from './policy.js';
import { createReadings, type Patience, type Readings } from './readings.js';
import { type Thresholds } from './thresholds.js';

/** What the detectors are told of the installation. */
export interface Watch {
  policy: Policy;
  thresholds: Thresholds;
  /** what a person may do. @param tokens roles of their tokens that are valid; null in it: what the configuration says */
  roleOf: (username: string, tokens: readonly (Role | null)[]) => Role;
  detectors?: readonly Detector[];
}

const PACE: Pace = { lagMs: LAG_MS, batch: 2_000 };
const EVERY_MS = 30_000;

/** Looks at the days in which something changed. @returns executions that were behind; null: another server is at it */
export function lookForAnomalies(
  db: Kysely<Database>,
  watch: Watch,
  readings: Readings,
  pace: Pace = PACE
): Promise<number | null> {
  return followDays(db, 'anomalies', pace, async (tx, days) => {
    const patience: Patience = new Map();
    for (const day of days) await lookAt(tx, day, watch, ids => readings(tx, day.username, ids, patience));
  });
}

async function lookAt(
  tx: Kysely<Database>,
  day: ChangedDay,
  { policy, thresholds, roleOf, detectors = DETECTORS }: Watch,
  read: (ids: readonly string[]) => ReturnType<Readings>
): Promise<void> {
  const { username } = day;
  const ran = await runsOf(tx, username, day);
  const role = roleOf(username, await tokenRolesOf(tx, username));
  const { runs, uses } = await nameRuns(ran, await read(ran.map(({ id }) => id)), forbiddenBy(policy, { username, role })); // prettier-ignore
  const history = await habitsOf(tx, username, day.begins);
  await keepFirstUses(tx, username, uses);
  const before = await firstUsesByDay(tx, username, day.begins, HISTORY_DAYS);
  const firstUses = { today: await firstUsesOf(tx, username, day), before };
  const alerts = detectors.flatMap(detect => detect({ ...day, runs, history, firstUses, thresholds }));
  // The id follows from what the alert is about: whoever looks again, after a restart or beside us, makes the same one.
  const idOf = (kind: string, begins: string) => digestId(['anomaly', kind, username, begins].join('\0'));
  await keepAnomalies(
    tx,
    alerts.map(alert => ({ ...alert, username, id: idOf(alert.kind, alert.begins) }))
  );
}

/**
 * Looks again and again, beside ingest.
 * @returns a function that ends it at once: what was not looked at to its end is looked at again by who comes next
 */
export function watchForAnomalies(
  db: Kysely<Database>,
  log: Log,
  watch: Watch,
  { everyMs = EVERY_MS, ...pace }: Partial<Pace> & { everyMs?: number } = {}
): () => Promise<void> {
  const reader = createReader(log);
  const readings = createReadings(reader);
  const step = () => lookForAnomalies(db, watch, readings, { ...PACE, ...pace });
  const failed = 'looking for anomalies failed; trying again';
  const end = keepUp({ step, batch: pace.batch ?? PACE.batch, everyMs, failed }, log);
  return async () => void (await Promise.all([end(), reader.close()]));
}
