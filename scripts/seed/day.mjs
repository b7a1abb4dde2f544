import { companyCell, edit, exploringCell, forbiddenCell } from './cells.mjs';
import { makeError } from './errors.mjs';

/** Tehran is so far ahead of UTC, all year since 2022. ms */
const AHEAD_MS = 3.5 * 3_600_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** By `getUTCDay` of a day in Tehran: Thursday is short, Friday is free. */
const SHARE_OF_DAY = [1, 1, 1, 1, 0.35, 0.04, 1];

/** How much somebody runs on a day, where 1 is usual. @param {number} day midnight in Tehran as if it were UTC, in ms */
export function amountOf(person, day, random) {
  const comes = random.chance(0.9) ? 1 : 0.02;
  return person.pace * SHARE_OF_DAY[new Date(day).getUTCDay()] * comes * random.long(0.9, 0.4);
}

/**
 * What somebody ran on a day, in the order of time: sessions with a notebook each, cells one after the other, some
 * again with a change, errors in bursts until they are mended, now and then something that takes long.
 * @param {{ person: import('./people.mjs').Person, day: number, count: number, notebooks: string[][], random: object, lastWeek: boolean }} what
 * @returns {object[]} runs without ids
 */
export function makeDay({ person, day, count: usual, notebooks, random, lastWeek }) {
  const runs = [];
  const storm = lastWeek && person.story === 'storm' && random.chance(0.5);
  const night = lastWeek && person.story === 'night' && random.chance(0.6);
  const count = lastWeek && person.story === 'flood' && random.chance(0.4) ? usual * 7 : usual;
  const explores = lastWeek && person.story === 'explorer' && random.chance(0.5);
  const begins = day - AHEAD_MS + (night ? 1.5 : person.begins) * HOUR_MS;
  const page_id = random.uuid();
  // Spread over the working day: after a cell people look at it for as long as the day allows.
  const pause = (person.hours * HOUR_MS) / Math.max(count, 1);
  let at = begins + random.next() * HOUR_MS;
  let session = null;
  for (let i = 0; i < count; i++) {
    if (!session || session.left-- <= 0) session = newSession(person, notebooks, random);
    const fails = session.failing > 0 || random.chance((storm ? 0.55 : 0.035) * person.care);
    if (fails && session.failing === 0) session.failing = random.whole(1, storm ? 20 : 4);
    const code =
      explores && random.chance(0.4)
        ? (session.last = exploringCell(random))
        : nextCode(session, fails, lastWeek && person.story === 'cards' && random.chance(0.15), random);
    const run = oneRun({ at, code, fails, session, random });
    runs.push({ ...run, username: person.username, page_id, page_seq: i + 1 });
    if (fails) session.failing--;
    at += (run.execution_time_ms ?? 0) + random.long(pause * 0.5, 0.9);
  }
  return runs;
}

function newSession(person, notebooks, random) {
  const place = Math.floor(random.next() ** 2.2 * person.notebooks.length);
  const console = random.chance(0.05);
  return {
    cells: random.pick(notebooks),
    next: 0,
    left: random.whole(8, 60),
    failing: 0,
    count: 0,
    last: null,
    notebook_path: console ? null : person.notebooks[place],
    client: console ? 'console' : random.chance(0.03) ? 'agent' : 'notebook',
    kernel_id: random.uuid(),
    session_id: random.uuid(),
    kernel_name: person.kernel
  };
}

function nextCode(session, again, forbidden, random) {
  if (forbidden) return (session.last = forbiddenCell(random));
  // Who failed, and who only looks again, runs the same cell with a change.
  if (session.last && (again || random.chance(0.22))) return (session.last = edit(session.last, random));
  if (random.chance(0.08)) return (session.last = companyCell(random));
  const code = session.cells[session.next++ % session.cells.length];
  return (session.last = random.chance(0.25) ? edit(code, random) : code);
}

function oneRun({ at, code, fails, session, random }) {
  const queued_ms = random.chance(0.12) ? random.long(400, 1.5) : random.long(2, 0.4);
  const status = fails ? 'error' : random.chance(0.012) ? 'interrupted' : random.chance(0.006) ? 'aborted' : random.chance(0.001) ? 'kernel_died' : 'success'; // prettier-ignore
  const aborted = status === 'aborted';
  const median = random.chance(0.04) ? 15_000 : 35;
  const time = aborted ? null : Math.min(6 * HOUR_MS, random.long(fails ? 20 : median, 1.6));
  return {
    code,
    status,
    requested: at,
    began: at + (aborted ? 0 : queued_ms),
    execution_time_ms: time === null ? null : Math.round(time * 1000) / 1000,
    queued_ms: aborted ? null : Math.round(queued_ms * 1000) / 1000,
    cell_number: aborted ? null : ++session.count,
    cell_id: random.hex(8),
    kernel_id: session.kernel_id,
    session_id: session.session_id,
    kernel_name: session.kernel_name,
    notebook_path: session.notebook_path,
    client: session.client,
    output_types: random.chance(0.6) ? ['text/plain'] : [],
    output_bytes: Math.round(random.long(300, 1.5)),
    ...(status === 'error' && makeError(random, code)),
    ...(status === 'interrupted' && { error_name: 'KeyboardInterrupt', error_message: 'KeyboardInterrupt: ' })
  };
}
