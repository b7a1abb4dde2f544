import { diffLines } from 'diff';

/** One line of a comparison, with its number in the earlier and in the later text where it is in them. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  before: number | null;
  after: number | null;
}

/** Unchanged lines that are left out: how many. */
export interface Skipped {
  kind: 'skipped';
  lines: number;
}

/** Past this much work two texts count as wholly different; in edits, Myers' O(ND). */
const MOST_EDITS = 4000;

/** What became of `before` on its way to `after`, line by line. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const changes = diffLines(ended(before), ended(after), { maxEditLength: MOST_EDITS }) ?? [
    { value: ended(before), removed: true, added: false },
    { value: ended(after), added: true, removed: false }
  ];
  let [left, right] = [0, 0];
  return changes.flatMap(({ value, added, removed }) =>
    linesOf(value).map((text): DiffLine => {
      if (added) return { kind: 'added', text, before: null, after: ++right };
      if (removed) return { kind: 'removed', text, before: ++left, after: null };
      return { kind: 'same', text, before: ++left, after: ++right };
    })
  );
}

/** Leaves out what is unchanged and further than `context` lines from a change. */
export function withoutUnchanged(lines: readonly DiffLine[], context: number): (DiffLine | Skipped)[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same')
  );
  const result: (DiffLine | Skipped)[] = [];
  for (const [at, line] of lines.entries()) {
    const last = result.at(-1);
    if (near[at]) result.push(line);
    else if (last?.kind === 'skipped') last.lines += 1;
    else result.push({ kind: 'skipped', lines: 1 });
  }
  return result;
}

// The end of the last line is no difference.
const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`).replace(/\r\n?/g, '\n');
const linesOf = (value: string) => value.replace(/\n$/, '').split('\n');
