import { searchForm } from '../../store/search/normal.js';

/** What a list shows of a code: a part of it, and where in that part the words are. */
export interface Preview {
  code_preview: string;
  /** characters of the code before the preview */
  preview_from: number;
  matches: { from: number; to: number }[];
}

/** Characters of a preview. */
const LENGTH = 400;
/** Characters before a match at most, where its line is longer. */
const BEFORE = 120;
/** Places that are marked in one preview. */
const MARKED = 100;

/** The part of a code from the line of the first match on. @param words as they were typed, those to be found only */
export function preview(code: string, words: readonly string[]): Preview {
  const marks = places(code, words);
  const first = marks[0];
  const from = first && first.to > LENGTH ? beginning(code, first.from) : 0;
  const to = boundary(code, Math.min(code.length, from + LENGTH));
  const matches = marks
    .filter(mark => mark.from < to && mark.to > from)
    .slice(0, MARKED)
    .map(mark => ({ from: Math.max(mark.from, from) - from, to: Math.min(mark.to, to) - from }));
  // Of the code's characters as Postgres and people count them, not of UTF-16.
  const preview_from = [...code.slice(0, from)].length;
  return { code_preview: code.slice(from, to), preview_from, matches };
}

/** Where the words are, in order; what touches is one place. */
function places(code: string, words: readonly string[]): { from: number; to: number }[] {
  const { form, places: origin } = searchForm(code);
  const found: { from: number; to: number }[] = [];
  for (const word of words) {
    const sought = searchForm(word).form;
    if (!sought) continue;
    for (let at = form.indexOf(sought); at >= 0; at = form.indexOf(sought, at + sought.length))
      found.push({ from: origin[at]!, to: origin[at + sought.length]! });
  }
  const merged: { from: number; to: number }[] = [];
  for (const mark of found.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && mark.from <= last.to) last.to = Math.max(last.to, mark.to);
    else merged.push({ ...mark });
  }
  return merged;
}

function beginning(code: string, match: number): number {
  const line = code.lastIndexOf('\n', match) + 1;
  return boundary(code, Math.max(line, match - BEFORE));
}

/** Not between the halves of a surrogate pair. */
function boundary(code: string, at: number): number {
  const half = code.charCodeAt(at);
  return at > 0 && half >= 0xdc00 && half <= 0xdfff ? at - 1 : at;
}
