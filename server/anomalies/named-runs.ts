import { setImmediate } from 'node:timers/promises';
import { type Kysely } from 'kysely';
import { codesOf, type DayRun } from '../store/person-day.js';
import { type Database } from '../store/schema.js';
import { type NamedRun } from './detector.js';
import { resolved } from './names/imports.js';
import { namesIn, READ, type Names } from './names/names.js';

/** Executions whose names are remembered: a day is looked at again whenever something of it changes. */
const REMEMBERED = 50_000;
/** Codes that are fetched at a time. */
const FETCHED = 200;

/** Finds what the codes of runs name. */
export interface Namer {
  /** @param runs of one person, in the order of time: what an import calls a thing holds for the rest of its kernel */
  (db: Kysely<Database>, runs: readonly DayRun[]): Promise<NamedRun[]>;
}

/** A namer that reads each execution's code once, as long as it remembers it. */
export function createNamer(): Namer {
  const known = new Map<string, Names>();
  return async (db, runs) => {
    const missing = runs.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    const fresh = new Map<string, Names>();
    for (let at = 0; at < missing.length; at += FETCHED)
      for (const { id, code } of await codesOf(db, missing.slice(at, at + FETCHED), READ)) {
        fresh.set(id, namesIn(code));
        // Reading is work of this thread, which ingest wants too: it gets its turn after each code.
        await setImmediate();
      }
    const named = inKernels(runs, id => fresh.get(id) ?? known.get(id));
    for (const [id, names] of fresh) known.set(id, names);
    for (const id of known.keys()) {
      if (known.size <= REMEMBERED) break;
      known.delete(id);
    }
    return named;
  };
}

const NOTHING: Names = { functions: [], tables: [], files: [], hosts: [], modules: [], aliases: [] };

function inKernels(runs: readonly DayRun[], namesOf: (id: string) => Names | undefined): NamedRun[] {
  const kernels = new Map<string, { aliases: Map<string, string>; stars: string[] }>();
  return runs.map(run => {
    const kernel = kernels.get(run.kernel_id) ?? { aliases: new Map<string, string>(), stars: [] };
    kernels.set(run.kernel_id, kernel);
    const { aliases, functions, ...others } = namesOf(run.id) ?? NOTHING;
    for (const [name, stands] of aliases)
      if (name !== '*') kernel.aliases.set(name, stands);
      else if (!kernel.stars.includes(stands)) kernel.stars.push(stands);
    return { ...run, names: { ...others, functions: resolved(functions, kernel.aliases, kernel.stars) } };
  });
}
