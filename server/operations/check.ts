import { type Kysely } from 'kysely';
import { type Check, type Role } from '@celltrail/protocol';
import { type MessageKey, translator } from '@celltrail/protocol/locales';
import { type Database } from '../store/schema.js';

/** The end of the words `fix.…` that say what to do. */
export type FixId = MessageKey extends infer Key ? (Key extends `fix.${infer Id}` ? Id : never) : never;

/** What a look at one item found. */
export interface Finding {
  /** null: nothing to judge yet */
  ok: boolean | null;
  /** what the words of a language are filled with */
  figures?: Check['figures'];
  fix?: FixId;
}

/** Who looks at what. */
export interface View {
  db: Kysely<Database>;
  /** whose record is looked at; an admin sees everyone's pages */
  actor: { username: string; role: Role };
  /** name of the identity mode */
  auth: string;
}

/** One item of the troubleshooting list. A file in `checks/` and its line in `checks.ts`. */
export interface Checker {
  /** names its words: `check.<id>.title`, `.ok`, `.wrong`, `.unknown` */
  id: string;
  /** whether it can be looked at only while the database answers */
  needsDatabase: boolean;
  look(view: View): Promise<Finding>;
}

const english = translator('en');

/** The key of the sentence that tells a finding. */
export function sentenceKey(id: string, ok: boolean | null): MessageKey {
  return `check.${id}.${ok === null ? 'unknown' : ok ? 'ok' : 'wrong'}` as MessageKey;
}

/** A finding as it travels. */
export function toCheck(id: string, { ok, figures = {}, fix }: Finding): Check {
  const filled = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value ?? '–']));
  return { id, ok, detail: english(sentenceKey(id, ok), filled), figures, fix: fix ?? null };
}

/** The words that say what to do about a finding, in English. */
export function fixInEnglish(fix: string): string {
  return english(`fix.${fix}` as MessageKey);
}
