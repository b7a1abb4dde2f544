/** UTF-16 code units of one text that are read. */
const LENGTH = 50_000;
/** And of its names that WITH gives. */
const MOST_GIVEN = 100;
/** What a value that only the running code knows is shown as; part of a word, so that `card_{x}` stays one name. */
export const UNKNOWN = '\uFFFC';

interface Token {
  /** a word in lower case, a quoted name without its quotes, or one sign */
  text: string;
  kind: 'word' | 'quoted' | 'sign';
}

const STATEMENTS = new Set('select with insert update delete merge create drop alter truncate copy table explain describe desc refresh lock replace'.split(' ')); // prettier-ignore
/** What a table's name comes after: one, a list of them, or one more of a list. */
const BEFORE_TABLE: ReadonlyMap<string, 'one' | 'list' | 'more'> = new Map([
  ['from', 'list'],
  ['using', 'list'],
  ['truncate', 'list'],
  ['join', 'more'],
  ['into', 'one'],
  ['update', 'one'],
  ['table', 'one'],
  ['copy', 'one'],
  ['describe', 'one'],
  ['desc', 'one']
]);
/** Words between those and the name. */
const BETWEEN = new Set(['only', 'if', 'exists', 'not', 'lateral', 'overwrite', 'concurrently', 'table']);
/** What ends a list of tables. */
const AFTER_LIST = new Set('where group order having limit union except intersect set values select returning window fetch offset'.split(' ')); // prettier-ignore
/** `extract(year FROM x)` names no table. */
const FROM_IS_A_PART = new Set(['extract', 'substring', 'trim', 'overlay', 'position']);

/**
 * Tables that an SQL text names: after FROM, JOIN, INTO, UPDATE, TABLE and their like. Comments, quoted values, functions
 * and the names that WITH gives are none. It reads signs and words, so that any dialect and half a statement will do.
 * @returns names in lower case, with their schema where it is written; none of a text that begins like no statement
 */
export function tablesIn(text: string): string[] {
  const tokens = tokensOf(text.slice(0, LENGTH));
  const first = tokens.find(({ text: sign }) => sign !== '(');
  if (first?.kind !== 'word' || !STATEMENTS.has(first.text)) return [];
  const given = givenNames(tokens);
  const tables = new Set<string>();
  for (const { name, at } of mentioned(tokens))
    if (!given.some(each => each.name === name && at >= each.from)) tables.add(name);
  return [...tables];
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const lexer =
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|\$(\w{0,30})\$[\s\S]{0,2000}?\$\1\$|"((?:[^"]|"")*)"|`([^`]*)`|([\p{L}_\uFFFC][\p{L}\p{M}\p{N}_$\uFFFC]*)|\d[\w.]*|(\S)/gu;
  for (const [, , quoted, ticked, word, sign] of text.matchAll(lexer)) {
    const name = quoted ?? ticked;
    if (name !== undefined) tokens.push({ text: name.replaceAll('""', '"').toLowerCase(), kind: 'quoted' });
    else if (word !== undefined) tokens.push({ text: word.toLowerCase(), kind: 'word' });
    else if (sign !== undefined) tokens.push({ text: sign, kind: 'sign' });
  }
  return tokens;
}

/** Each place at which a table is named. */
function mentioned(tokens: readonly Token[]): { name: string; at: number }[] {
  const found: { name: string; at: number }[] = [];
  const depths = [{ list: false, part: false }];
  let expects = false;
  for (let i = 0; i < tokens.length; i++) {
    const { text, kind } = tokens[i]!;
    const depth = depths.at(-1)!;
    const word = kind === 'word' ? text : '';
    if (expects && BETWEEN.has(word)) continue;
    const before = word ? BEFORE_TABLE.get(word) : undefined;
    if (before && (word !== 'from' || !depth.part) && !isNoTable(word, tokens[i - 1], tokens[i + 1])) {
      expects = true;
      if (before !== 'more') depth.list = before === 'list';
    } else if (expects && kind !== 'sign') {
      expects = false;
      if (STATEMENTS.has(word) || word === 'values') continue;
      const { name, end } = nameAt(tokens, i);
      // `FROM generate_series(1, 9)` is a function; after INTO the parenthesis holds columns.
      if (!(depth.list && tokens[end]?.text === '(')) found.push({ name, at: i });
      i = end - 1;
    } else if (text === '(') {
      depths.push({ list: expects, part: FROM_IS_A_PART.has(tokens[i - 1]?.text ?? '') });
    } else if (text === ')') {
      if (depths.length > 1) depths.pop();
      expects = false;
    } else if (text === ',') expects = depth.list;
    else if (AFTER_LIST.has(word)) {
      depth.list = false;
      expects = false;
    } else if (kind === 'sign') expects = false;
  }
  return found;
}

/** `IS DISTINCT FROM x`, `JOIN … USING (x)`, `FOR UPDATE`, `DO UPDATE`, `ON UPDATE`, `THEN UPDATE SET`. */
function isNoTable(word: string, before: Token | undefined, next: Token | undefined): boolean {
  if (word === 'from') return before?.text === 'distinct';
  if (word === 'using') return next?.text === '(';
  return word === 'update' && (next?.text === 'set' || ['for', 'do', 'on', 'key'].includes(before?.text ?? ''));
}

function nameAt(tokens: readonly Token[], from: number): { name: string; end: number } {
  let name = tokens[from]!.text;
  let end = from + 1;
  while (tokens[end]?.text === '.' && tokens[end + 1] && tokens[end + 1]!.kind !== 'sign') {
    name += `.${tokens[end + 1]!.text}`;
    end += 2;
  }
  return { name, end };
}

/**
 * The names that WITH gives, and from which token on they stand for it: behind their own body, for within it a name is
 * the table's still (`WITH cards AS (SELECT * FROM cards)`), but where it is RECURSIVE.
 */
function givenNames(tokens: readonly Token[]): { name: string; from: number }[] {
  const begins = tokens.findIndex(({ text, kind }) => text === 'with' && kind === 'word');
  if (begins < 0) return [];
  const recursive = tokens[begins + 1]?.text === 'recursive';
  const given: { name: string; from: number }[] = [];
  for (let i = begins + 1; i < tokens.length && given.length < MOST_GIVEN; i++) {
    if (tokens[i]!.text !== 'as' || tokens[i]!.kind !== 'word') continue;
    const opens = tokens.slice(i + 1, i + 4).findIndex(each => each.text === '(');
    const between = tokens.slice(i + 1, i + 1 + opens);
    if (opens < 0 || between.some(each => each.text !== 'not' && each.text !== 'materialized')) continue;
    const at = tokens[i - 1]?.text === ')' ? partner(tokens, i - 1, -1) - 1 : i - 1;
    const name = tokens[at];
    if (name && name.kind !== 'sign')
      given.push({ name: name.text, from: recursive ? at : partner(tokens, i + 1 + opens, 1) });
  }
  return given;
}

/** The other one of a pair of parentheses; the end of the text where it is missing. */
function partner(tokens: readonly Token[], from: number, step: 1 | -1): number {
  let depth = 0;
  for (let i = from; i >= 0 && i < tokens.length; i += step) {
    const { text, kind } = tokens[i]!;
    if (kind === 'sign' && text === '(') depth += step;
    else if (kind === 'sign' && text === ')') depth -= step;
    if (depth === 0) return i;
  }
  return step > 0 ? tokens.length : 0;
}
