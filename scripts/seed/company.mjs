import { createHash } from 'node:crypto';
import { amountOf, DAY_MS, makeDay } from './day.mjs';
import { makePeople } from './people.mjs';
import { randomOf } from './random.mjs';

/**
 * Everything a company ran, a day at a time, oldest first; the same for the same arguments.
 * @param {{ users: number, days: number, executions: number, seed: number, until: number, notebooks: string[][] }} wanted
 *   until: Unix ms; nothing began later
 * @yields {object[]} rows of code_execution_logs, sorted by id
 */
export function* makeCompany({ users, days, executions, seed, until, notebooks }) {
  const people = makePeople(users, seed);
  const last = Math.floor((until + 3.5 * 3_600_000) / DAY_MS) * DAY_MS;
  const calendar = Array.from({ length: days }, (_, i) => last - (days - 1 - i) * DAY_MS);
  const amounts = calendar.map(day =>
    people.map(person => amountOf(person, day, randomOf(seed, 'amount', person.username, day)))
  );
  const whole = amounts.flat().reduce((sum, amount) => sum + amount, 0);
  let due = 0;
  let made = 0;
  for (const [i, day] of calendar.entries()) {
    const rows = [];
    for (const [number, person] of people.entries()) {
      due += (amounts[i][number] / whole) * executions;
      const count = Math.round(due) - made;
      made += count;
      const random = randomOf(seed, 'day', person.username, day);
      const lastWeek = days - i <= 7;
      for (const run of makeDay({ person, day, count, notebooks, random, lastWeek }))
        if (run.began + (run.execution_time_ms ?? 0) <= until) rows.push(toRow(run, random));
    }
    rows.sort((a, b) => (a.id < b.id ? -1 : 1));
    yield rows;
  }
}

function toRow({ requested, began, ...run }, random) {
  const msg_id = `${run.session_id}_${random.hex(12)}`;
  const ended = began + (run.execution_time_ms ?? 0);
  return {
    ...run,
    id: idOf(Math.floor(requested), run.kernel_id, msg_id),
    msg_id,
    requested_at: new Date(requested).toISOString(),
    timestamp: new Date(began).toISOString(),
    observed_at: new Date(ended).toISOString(),
    stored_at: new Date(ended + 400).toISOString()
  };
}

/** As `executionId` of the protocol, by Node's own hash: a million of them take 3 s and not 30. */
export function idOf(ms, kernelId, msgId) {
  const digest = createHash('sha256').update(`${kernelId}\0${msgId}`).digest().subarray(0, 10);
  digest[0] = 0x80 | (digest[0] & 0x0f);
  digest[2] = 0x80 | (digest[2] & 0x3f);
  const hex = ms.toString(16).padStart(12, '0') + digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
