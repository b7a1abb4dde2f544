/** Below which figures nothing is worth an alert, whatever is usual. */
export interface Thresholds {
  /** failed executions in an hour */
  failures: number;
  /** their share of what ended in that hour */
  failure_share: number;
  /** executions within an hour at which the person does not work */
  hour_runs: number;
  /** executions in a day */
  day_runs: number;
  /** tables and hosts in a day that the person never used before */
  first_uses: number;
}

/** What holds where nothing is configured. */
export const THRESHOLDS: Thresholds = { failures: 10, failure_share: 0.4, hour_runs: 5, day_runs: 60, first_uses: 5 };

/**
 * Reads `failures=20,day_runs=300`: what is not named keeps its default. @param text `off` looks for nothing
 * @returns null for `off`
 * @throws Error that says what to write instead
 */
export function parseThresholds(text: string): Thresholds | null {
  if (text === 'off') return null;
  const thresholds = { ...THRESHOLDS };
  for (const part of text
    .split(',')
    .map(each => each.trim())
    .filter(Boolean)) {
    // prettier-ignore
    const [name = '', value = ''] = part.split('=').map(each => each.trim());
    const number = Number(value);
    if (!Object.hasOwn(THRESHOLDS, name)) throw new Error(`use off, or ${Object.keys(THRESHOLDS).join(', ')} as name=number, not ${part}`); // prettier-ignore
    if (!value || !Number.isFinite(number) || number < 0) throw new Error(`use a number for ${name}, not ${value}`);
    thresholds[name as keyof Thresholds] = number;
  }
  return thresholds;
}
