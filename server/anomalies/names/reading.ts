import { type UnreadReason } from '@celltrail/protocol';
import { namesIn, READ, type Names } from './names.js';

/** What was read of a code. */
export interface Reading {
  /** none where it was not read at all */
  names: Omit<Names, 'modules'>;
  /** why it was not read whole; null: it was */
  unread: UnreadReason | null;
}

/**
 * Of one code: each name is work for who compares it with a policy, whenever its day is looked at. Of 26,000 cells of
 * public notebooks the one that names most names 216 things in 3,200 characters.
 */
const MOST_NAMES = 1_000;
const MOST_CHARACTERS = 50_000;

/** A code of which nothing was read. */
export function unread(reason: UnreadReason): Reading {
  return { names: { functions: [], tables: [], files: [], hosts: [], aliases: [] }, unread: reason };
}

/** Reads a code, as far as codes are read. Nothing of a code makes it fail. */
export function readingOf(code: string): Reading {
  try {
    return bounded(namesIn(code), code.length > READ ? 'too_long' : null);
  } catch {
    return unread('failed'); // What is wrong with it is the code's, and a log shows no code.
  }
}

function bounded({ tables, hosts, aliases, files, functions }: Names, reason: UnreadReason | null): Reading {
  let [names, characters] = [0, 0];
  let whole = true;
  const kept = <Name extends string | readonly string[]>(list: readonly Name[]): Name[] =>
    list.filter(name => {
      const length = typeof name === 'string' ? name.length : name.join('').length;
      const fits = names < MOST_NAMES && characters + length <= MOST_CHARACTERS;
      if (fits) [names, characters] = [names + 1, characters + length];
      else whole = false;
      return fits;
    });
  // What data are called comes first: the rest is there to find it.
  const few = { tables: kept(tables), hosts: kept(hosts), aliases: kept(aliases), files: kept(files), functions: kept(functions) }; // prettier-ignore
  return { names: few, unread: whole ? reason : 'too_many_names' };
}
