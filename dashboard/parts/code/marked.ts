/** A stretch of a text, in UTF-16 code units: from the first up to, not including, `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * Cuts pieces of a text further at the stretches that are marked; a stretch may reach over several pieces.
 * @param stretches in order, none over another
 */
export function markPieces<P extends { text: string }>(
  pieces: readonly P[],
  stretches: readonly Stretch[]
): (P & { isMark: boolean })[] {
  const result: (P & { isMark: boolean })[] = [];
  let begin = 0;
  for (const piece of pieces) {
    const end = begin + piece.text.length;
    let at = begin;
    const push = (to: number, isMark: boolean) => {
      if (to > at) result.push({ ...piece, text: piece.text.slice(at - begin, to - begin), isMark });
      at = Math.max(at, to);
    };
    for (const { from, to } of stretches) {
      if (to <= at || from >= end) continue;
      push(Math.max(from, at), false);
      push(Math.min(to, end), true);
    }
    push(end, false);
    begin = end;
  }
  return result;
}

/**
 * The first lines of a text, and the stretches that lie in them.
 * @param most lines to keep
 */
export function firstLines(
  text: string,
  stretches: readonly Stretch[],
  most: number
): { text: string; stretches: Stretch[] } {
  let end = -1;
  for (let line = 0; line < most; line++) {
    const next = text.indexOf('\n', end + 1);
    if (next < 0) return { text, stretches: [...stretches] };
    end = next;
  }
  const kept = text.slice(0, end);
  const within = stretches.filter(({ from }) => from < end).map(({ from, to }) => ({ from, to: Math.min(to, end) }));
  return { text: kept, stretches: within };
}
