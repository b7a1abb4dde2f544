import { problemKind } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { type Translate } from '@celltrail/protocol/locales';
import { wordsFor } from './words-for.js';

/** A failure as a person reads it. */
export interface Failure {
  /** what broke, in the person's language where we have the words */
  says: string;
  /** the server's own sentence or fix beyond that, in English; null when it adds nothing */
  detail: string | null;
  /** id under which the server logged it */
  instance: string | null;
}

/** Words for what a question threw. */
export function describeFailure(error: Error, t: Translate): Failure {
  if (!(error instanceof RequestFailed)) return { says: t('problem.internal'), detail: error.message, instance: null };
  const { problem, reason } = error;
  if (!problem) {
    const says = t(reason === 'unreadable' ? 'problem.unreadable' : 'problem.unreachable');
    return { says, detail: null, instance: null };
  }
  const words = wordsFor(`problem.${problemKind(problem) ?? ''}`, t);
  const detail = [problem.detail, problem.fix].filter(Boolean).join(' ') || null;
  return { says: words ?? problem.title, detail, instance: problem.instance ?? null };
}
