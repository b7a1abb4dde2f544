import { problemKind } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { type Translate } from '@celltrail/protocol/locales';
import { wordsFor } from './words-for.js';

/** A failure as a person reads it. */
export interface Failure {
  /** what broke, in the person's language where we have the words */
  says: string;
  /** the server's own sentence beyond that, in English */
  detail: string | null;
  /** the server's own advice, in English */
  fix: string | null;
  /** id under which the server logged it */
  instance: string | null;
}

/** Words for what a question threw. */
export function describeFailure(error: Error, t: Translate): Failure {
  if (!(error instanceof RequestFailed))
    return { says: t('problem.internal'), detail: error.message, fix: null, instance: null };
  const { problem, reason } = error;
  if (!problem) {
    const says = t(reason === 'unreadable' ? 'problem.unreadable' : 'problem.unreachable');
    return { says, detail: null, fix: null, instance: null };
  }
  const { title, detail = null, fix = null, instance = null } = problem;
  return { says: wordsFor(`problem.${problemKind(problem) ?? ''}`, t) ?? title, detail, fix, instance };
}
