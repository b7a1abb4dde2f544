/** What a step answers when there was nothing to do. */
export const UP_TO_DATE = Symbol('up to date');

/**
 * Does something and says so: a line with the time it took.
 * @template T
 * @param {string} title as `compiling TypeScript`
 * @param {() => Promise<T>} work may answer {@link UP_TO_DATE}
 * @param {{ write(text: string): unknown }} [out]
 * @returns {Promise<T>}
 */
export async function step(title, work, out = process.stdout) {
  const begun = performance.now();
  out.write(`  ${title} … `);
  try {
    const answer = await work();
    out.write(answer === UP_TO_DATE ? 'up to date\n' : `${seconds(performance.now() - begun)}\n`);
    return answer;
  } catch (error) {
    out.write('failed\n');
    throw error;
  }
}

/**
 * A duration for a person.
 * @param {number} ms
 * @returns {string} as `3.2 s` or `2 min 5 s`
 */
export function seconds(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
