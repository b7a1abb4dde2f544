import { EXECUTION_CLIENTS, EXECUTION_STATUSES } from './status.js';

/** What can stand before a colon in a search. */
export const SEARCH_QUALIFIERS = [
  'status',
  'user',
  'notebook',
  'kernel',
  'client',
  'error',
  'took',
  'created'
] as const;

/** One of {@link SEARCH_QUALIFIERS}. */
export type SearchQualifier = (typeof SEARCH_QUALIFIERS)[number];

/** UTF-16 code units of a search; what is longer was not typed by a person. */
export const MAX_SEARCH_LENGTH = 500;
/** Words and qualifiers of one search. */
export const MAX_SEARCH_TERMS = 20;
/** Stars in one value. */
const MAX_STARS = 4;

/** One side of a range: `>` and `<` leave the value itself out. */
export interface SearchBound<Value> {
  op: '>' | '>=' | '<' | '<=';
  value: Value;
}

/** One part of a search, with its place in what was typed: from the first character up to, not including, `to`. */
export type SearchTerm = { not: boolean; from: number; to: number } & (
  | { kind: 'text'; value: string }
  /** `value` may hold `*`, which stands for anything, except for a status and a client */
  | { kind: 'status' | 'user' | 'notebook' | 'kernel' | 'client' | 'error'; value: string }
  /** milliseconds; one or two bounds */
  | { kind: 'took'; bounds: SearchBound<number>[] }
  /** a day as YYYY-MM-DD, which is whole, or an instant in ISO 8601 with its offset */
  | { kind: 'created'; bounds: SearchBound<string>[] }
);

/** Why a search can't be understood. Its words are `search.fault.<reason>`. */
export type SearchFaultReason =
  'too_long' | 'too_many' | 'quote_open' | 'qualifier_unknown' | 'value_missing' | 'value_unknown' | 'not_a_time' | 'not_a_date' | 'too_many_stars' | 'range_backwards'; // prettier-ignore

/** What is wrong with a search, and where. */
export interface SearchFault {
  reason: SearchFaultReason;
  from: number;
  to: number;
  /** a sentence in English: what is wrong */
  detail: string;
  /** what to write instead, in English */
  fix: string;
}

/** A search as it is understood, or why it is not. */
export type ParsedSearch = { terms: SearchTerm[]; fault?: undefined } | { terms?: undefined; fault: SearchFault };

/** A word as it stands: where, whether a minus was before it, whether it is quoted. */
interface Lexeme {
  from: number;
  to: number;
  not: boolean;
  qualifier: string | null;
  value: string;
  quoted: boolean;
}

class Fault extends Error {
  constructor(readonly fault: SearchFault) {
    super(fault.detail);
  }
}

/**
 * Reads a search as GitHub's: words, `"exact text"`, `-without`, `qualifier:value`. One pass over the text; there are
 * no regular expressions in a search. A kept parser (liqe) was tried: it refuses what people search code for (`x = 1`,
 * `groupby(`) and paths with Persian letters.
 */
export function parseSearch(text: string): ParsedSearch {
  try {
    if (text.length > MAX_SEARCH_LENGTH) {
      const range = { from: MAX_SEARCH_LENGTH, to: text.length };
      fail('too_long', range, 'the search is too long', `use at most ${MAX_SEARCH_LENGTH} characters`);
    }
    const lexemes = split(text);
    const beyond = lexemes[MAX_SEARCH_TERMS];
    if (beyond)
      fail('too_many', beyond, 'too many words', `use at most ${MAX_SEARCH_TERMS}, or quote them as one text`);
    return { terms: lexemes.map(understand) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
}

function fail(
  reason: SearchFaultReason,
  { from, to }: { from: number; to: number },
  detail: string,
  fix: string
): never {
  throw new Fault({ reason, from, to, detail, fix });
}

function split(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at]!)) at++;
    else {
      const lexeme = readOne(text, at);
      lexemes.push(lexeme);
      at = lexeme.to;
    }
  }
  return lexemes;
}

function readOne(text: string, from: number): Lexeme {
  let at = from;
  const not = text[at] === '-' && at + 1 < text.length && !isSpace(text[at + 1]!);
  if (not) at++;
  if (text[at] === '"') return { from, not, qualifier: null, quoted: true, ...readQuoted(text, at) };
  const word = readWord(text, at);
  const colon = text.slice(at, word.to).indexOf(':');
  const name = colon > 0 ? text.slice(at, at + colon).toLowerCase() : '';
  if (!/^[a-z]+$/.test(name)) return { from, not, qualifier: null, quoted: false, ...word };
  if (!isQualifier(name)) {
    const meant = SEARCH_QUALIFIERS.find(known => isSlip(name, known));
    // A text with a colon is a text (`lambda x:x`), but a slip of the hand must not find nothing in silence.
    if (!meant) return { from, not, qualifier: null, quoted: false, ...word };
    const place = { from: at, to: at + colon };
    fail('qualifier_unknown', place, `there is no qualifier ${name}`, `use ${meant}:, or put the text in quotes`);
  }
  const start = at + colon + 1;
  const quoted = text[start] === '"';
  return { from, not, qualifier: name, quoted, ...(quoted ? readQuoted(text, start) : readWord(text, start)) };
}

function readWord(text: string, from: number): { to: number; value: string } {
  let to = from;
  while (to < text.length && !isSpace(text[to]!)) to++;
  return { to, value: text.slice(from, to) };
}

/** `\"` and `\\` stand for the character itself; every other backslash is one, as in code. */
function readQuoted(text: string, from: number): { to: number; value: string } {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === '"') return { to: at + 1, value };
    if (text[at] === '\\' && (next === '"' || next === '\\')) at++;
    value += text[at];
  }
  return fail('quote_open', { from, to: text.length }, 'the quotation mark has no end', 'put " at the end of the text');
}

function understand({ from, to, not, qualifier, value, quoted }: Lexeme): SearchTerm {
  const place = { from, to };
  if (!value) {
    const name = qualifier ? `${qualifier}:` : 'the quotation marks';
    fail('value_missing', place, `nothing stands after ${name}`.replace('after the', 'in the'), 'write what to look for, or leave it out'); // prettier-ignore
  }
  switch (qualifier) {
    case null:
      return { kind: 'text', value, not, ...place };
    case 'status':
      return { kind: 'status', value: oneOf(EXECUTION_STATUSES, value, place), not, ...place };
    case 'client':
      return { kind: 'client', value: oneOf(EXECUTION_CLIENTS, value, place), not, ...place };
    case 'took':
      return { kind: 'took', bounds: bounds(latinDigits(value), place, milliseconds), not, ...place };
    case 'created':
      return { kind: 'created', bounds: bounds(latinDigits(value), place, instantOrDay), not, ...place };
  }
  if (!quoted && value.split('*').length - 1 > MAX_STARS)
    fail('too_many_stars', place, 'too many stars', `use at most ${MAX_STARS}`);
  return { kind: qualifier as 'user', value, not, ...place };
}

function oneOf(allowed: readonly string[], value: string, place: { from: number; to: number }): string {
  const name = value.toLowerCase();
  if (allowed.includes(name)) return name;
  return fail('value_unknown', place, `there is no ${value} to choose`, `use ${allowed.join(', ')}`);
}

/** `>1`, `>=1`, `<1`, `<=1`, `1..2`, `1..*`, `*..2`; a value alone stands for itself. */
function bounds<Value extends number | string>(
  text: string,
  place: { from: number; to: number },
  read: (text: string, place: { from: number; to: number }) => Value
): SearchBound<Value>[] {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared) return [{ op: compared[1] as '>', value: read(compared[2]!, place) }];
  const [least, most, ...more] = text.split('..');
  if (most === undefined || more.length) {
    const value = read(text, place);
    return [
      { op: '>=', value },
      { op: '<=', value }
    ];
  }
  const sides: SearchBound<Value>[] = [];
  if (least && least !== '*') sides.push({ op: '>=', value: read(least, place) });
  if (most && most !== '*') sides.push({ op: '<=', value: read(most, place) });
  if (!sides.length) fail('value_missing', place, 'the range has no end', 'write at least one side, as 2026-11-01..*');
  if (sides.length === 2 && sides[0]!.value > sides[1]!.value)
    fail('range_backwards', place, 'the range ends before it begins', 'write the smaller side first');
  return sides;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string, place: { from: number; to: number }): number {
  const found = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|m|h|)$/.exec(text);
  if (!found)
    return fail('not_a_time', place, `${text} is no duration`, 'write milliseconds, as took:>1000, or 5s, 2m, 1h');
  return Number(found[1]) * UNITS[found[2]!]!;
}

const DAY = /^([12]\d{3})-(\d\d)-(\d\d)$/;
const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;

function instantOrDay(text: string, place: { from: number; to: number }): string {
  const day = DAY.exec(text);
  const date = new Date(day ? `${text}T00:00:00Z` : INSTANT.test(text) ? text : NaN);
  // 30 February is a date for `Date`, which makes 2 March of it.
  if (Number.isNaN(date.getTime()) || (day && date.toISOString().slice(0, 10) !== text))
    return fail(
      'not_a_date',
      place,
      `${text} is no date`,
      'write a day as 2026-11-24, or an instant as 2026-11-24T10:00Z'
    );
  return text;
}

/** Persian and Arabic digits as Latin ones: a number may be typed with either. */
function latinDigits(text: string): string {
  return text.replace(/[\u06F0-\u06F9\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) & 0xf));
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}

function isQualifier(name: string): name is SearchQualifier {
  return (SEARCH_QUALIFIERS as readonly string[]).includes(name);
}

/** Whether a name is a qualifier with one letter too many, too few or another, or two neighbours swapped. */
function isSlip(name: string, known: string): boolean {
  if (known.length < 4 || Math.abs(name.length - known.length) > 1) return false;
  let begin = 0;
  while (begin < name.length && name[begin] === known[begin]) begin++;
  let end = 0;
  while (end < Math.min(name.length, known.length) - begin && name.at(-1 - end) === known.at(-1 - end)) end++;
  const left = [name.slice(begin, name.length - end), known.slice(begin, known.length - end)];
  if (left[0]!.length <= 1 && left[1]!.length <= 1) return true;
  return left[0]!.length === 2 && left[1] === left[0]![1]! + left[0]![0]!;
}
