import { EXECUTION_CLIENTS, EXECUTION_STATUSES, SEARCH_QUALIFIERS } from '@celltrail/protocol';

/** The word under the caret: where it stands, and what of it is a qualifier. */
export interface Word {
  from: number;
  to: number;
  /** before the colon, without a minus; null while there is none */
  qualifier: string | null;
  /** after the colon, or the whole word; without an opening quotation mark */
  value: string;
  /** a minus before it */
  not: boolean;
}

/** One way to go on. */
export interface Suggestion {
  /** what comes in place of the word */
  text: string;
  /** what kind it is, for its words: a qualifier's name, or null for a value */
  qualifier: string | null;
  /** how often it is in the record, where that is known */
  count: number | null;
}

/** The word at the caret. A quoted text with spaces in it is one word. */
export function wordAt(text: string, caret: number): Word {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < caret; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(text[at]!)) from = at + 1;
  }
  let to = caret;
  while (to < text.length && (quoted ? text[to] !== '"' : !/\s/.test(text[to]!))) to++;
  if (quoted && to < text.length) to += 1;
  const whole = text.slice(from, caret);
  const found = /^(-?)(?:([a-z]+):)?"?(.*)$/is.exec(whole);
  const [, minus = '', qualifier, value = ''] = found ?? [];
  return { from, to, qualifier: qualifier?.toLowerCase() ?? null, value, not: minus === '-' };
}

const FIXED: Readonly<Record<string, readonly string[]>> = {
  status: EXECUTION_STATUSES,
  client: EXECUTION_CLIENTS,
  took: ['>1000', '>5s', '>1m', '100..1000'],
  created: []
};

/** What can be said without asking the server: qualifiers, and values that the protocol lists. */
export function suggestionsOf({ qualifier, value, not }: Word): Suggestion[] {
  const minus = not ? '-' : '';
  if (qualifier === null) {
    const typed = value.toLowerCase();
    return SEARCH_QUALIFIERS.filter(name => name.startsWith(typed)).map(name => ({
      text: `${minus}${name}:`,
      qualifier: name,
      count: null
    }));
  }
  const typed = value.toLowerCase();
  return (FIXED[qualifier] ?? [])
    .filter(each => each.startsWith(typed) && each !== typed)
    .map(each => ({ text: `${minus}${qualifier}:${each}`, qualifier: null, count: null }));
}

/** Whether the server knows values of a qualifier that the protocol does not list. */
export function isAskedFor(qualifier: string | null): qualifier is string {
  return qualifier !== null && !(qualifier in FIXED) && (SEARCH_QUALIFIERS as readonly string[]).includes(qualifier);
}

/** A value as it is written after its colon: in quotation marks when it has spaces or marks in it. */
export function written(qualifier: string, value: string): string {
  return `${qualifier}:${/[\s"]/.test(value) ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value}`;
}

/** The search with the word at the caret replaced. @returns it and where the caret stands then */
export function completed(text: string, word: Word, suggestion: Suggestion): { text: string; caret: number } {
  const end = suggestion.qualifier === null && !text.slice(word.to).startsWith(' ') ? ' ' : '';
  const head = text.slice(0, word.from) + suggestion.text + end;
  return { text: head + text.slice(word.to), caret: head.length };
}
