import { type Check } from '@celltrail/protocol';
import { type MessageKey, translator } from '@celltrail/protocol/locales';

/** The items of the troubleshooting list, in the order a person looks at them. */
export const CHECK_IDS = [
  'server',
  'database',
  'schema',
  'roles',
  'partitions',
  'identity',
  'extension',
  'outbox',
  'last_event'
] as const;

/** One of {@link CHECK_IDS}. */
export type CheckId = (typeof CHECK_IDS)[number];

/** The end of the words `fix.…` that say what to do. */
export type FixId = Extract<MessageKey, `fix.${string}`> extends `fix.${infer Id}` ? Id : never;

/** What a look at one item found. */
export interface Finding {
  /** null: nothing to judge yet */
  ok: boolean | null;
  figures?: Check['figures'];
  fix?: FixId;
}

const english = translator('en');

/** The key of the sentence that tells a finding in a language: `check.<id>.ok`, `.wrong` or `.unknown`. */
export function sentenceKey(id: string, ok: boolean | null): MessageKey {
  return `check.${id}.${ok === null ? 'unknown' : ok ? 'ok' : 'wrong'}` as MessageKey;
}

/** A finding as it travels. */
export function toCheck(id: CheckId, { ok, figures = {}, fix }: Finding): Check {
  const filled = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value ?? '–']));
  return { id, ok, detail: english(sentenceKey(id, ok), filled), figures, fix: fix ?? null };
}
