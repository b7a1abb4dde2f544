import { type Kysely } from 'kysely';
import { codesOf } from '../store/person-day.js';
import { type Database } from '../store/schema.js';
import { READ } from './names/names.js';
import { type Reader } from './names/reader.js';
import { unread, type Reading } from './names/reading.js';

/** Executions whose readings are remembered: a day is looked at again whenever something of it changes. */
const REMEMBERED = 50_000;
/** And characters of what they name, in all. */
const REMEMBERED_CHARACTERS = 20_000_000;
/** Codes that are fetched at a time. */
const FETCHED = 200;
/** What reading a code may take before it counts as slow, in ms; ordinary ones take one. */
const ORDINARY_MS = 20;
/**
 * What the slow codes of one person may take in one step: alerts about others wait meanwhile. With the ordinary ones of
 * a fetch and the last slow one it stays below what the database lets a transaction say nothing, which is 40 s.
 */
const PATIENCE_MS = 20_000;

/** What each person's slow codes took of a step so far, in ms. */
export type Patience = Map<string, number>;

/** Gives what the codes of a person's runs name, by the run's id. */
export type Readings = (
  db: Kysely<Database>,
  username: string,
  ids: readonly string[],
  patience: Patience
) => Promise<ReadonlyMap<string, Reading>>;

/**
 * Reads each execution's code once, as long as it remembers it. Where a person's slow codes have used up the step's
 * patience, what is left of theirs is unread.
 */
export function createReadings(reader: Reader, clock: () => number = () => performance.now()): Readings {
  const memory = new Memory();
  const readTimed = async (code: string, username: string, patience: Patience): Promise<Reading> => {
    const taken = patience.get(username) ?? 0;
    if (taken >= PATIENCE_MS) return unread('too_slow');
    const began = clock();
    const reading = await reader.read(code);
    patience.set(username, taken + Math.max(0, clock() - began - ORDINARY_MS));
    return reading;
  };
  return async (db, username, ids, patience) => {
    const readings = new Map<string, Reading>();
    const missing: string[] = [];
    for (const id of ids) {
      const reading = memory.get(id);
      if (reading) readings.set(id, reading);
      else missing.push(id);
    }
    for (let at = 0; at < missing.length; at += FETCHED)
      for (const { id, code } of await codesOf(db, missing.slice(at, at + FETCHED), READ + 1)) {
        const reading = await readTimed(code, username, patience);
        readings.set(id, reading);
        memory.set(id, reading);
      }
    return readings;
  };
}

/** The readings that were wanted last. */
class Memory {
  private readonly readings = new Map<string, { reading: Reading; characters: number }>();
  private characters = 0;

  get(id: string): Reading | undefined {
    const known = this.readings.get(id);
    if (!known) return undefined;
    // A Map keeps the order in which its keys came: the first one is the one that was not wanted for longest.
    this.readings.delete(id);
    this.readings.set(id, known);
    return known.reading;
  }

  set(id: string, reading: Reading): void {
    const characters = charactersOf(reading);
    this.readings.set(id, { reading, characters });
    this.characters += characters;
    for (const [oldest, known] of this.readings) {
      if (this.readings.size <= REMEMBERED && this.characters <= REMEMBERED_CHARACTERS) break;
      this.readings.delete(oldest);
      this.characters -= known.characters;
    }
  }
}

function charactersOf({ names: { aliases, ...others } }: Reading): number {
  const lists = [...Object.values(others), aliases.flat()];
  return lists.reduce((sum, list) => sum + list.join('').length, 0);
}
