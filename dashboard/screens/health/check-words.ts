import { type Check } from '@celltrail/protocol';
import { type Translate } from '@celltrail/protocol/locales';
import { NOTHING, type Format } from '../../format.js';
import { wordsFor } from '../../parts/words-for.js';

/** How a check came out. */
export type CheckState = 'ok' | 'wrong' | 'unknown';

/** A check as a person reads it. */
export interface CheckWords {
  state: CheckState;
  title: string;
  sentence: string;
  /** whether the sentence is the server's English one, for want of our words */
  foreign: boolean;
  /** what to do; null when nothing is wrong */
  fix: string | null;
}

/** How a check came out: `ok` null means that there is nothing to judge yet. */
export function stateOf(check: Pick<Check, 'ok'>): CheckState {
  return check.ok === null ? 'unknown' : check.ok ? 'ok' : 'wrong';
}

/** The words of `check.<id>.title`, `check.<id>.<state>` and `fix.<fix>`; without them the server's own sentence. */
export function checkWords(check: Check, t: Translate, format: Format): CheckWords {
  const state = stateOf(check);
  const values = readable(check.figures, t, format);
  const sentence = wordsFor(`check.${check.id}.${state}`, t, values);
  const fix = check.fix === null ? null : (wordsFor(`fix.${check.fix}`, t, values) ?? check.fix);
  return {
    state,
    title: wordsFor(`check.${check.id}.title`, t) ?? check.id,
    sentence: sentence ?? check.detail,
    foreign: sentence === null,
    fix
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

function readable(figures: Check['figures'], t: Translate, format: Format): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, readableFigure(name, value, t, format)])
  );
}

function readableFigure(name: string, value: string | number | null, t: Translate, format: Format): string | number {
  if (value === null) return NOTHING;
  if (typeof value === 'number') return value;
  if (name === 'role') return wordsFor(`shell.role.${value}`, t) ?? value;
  return INSTANT.test(value) ? format.fullMoment(value) : value;
}
