import { useState, type ReactNode } from 'react';
import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../shell/language.js';
import { describeFailure } from './failure.js';
import { Failed } from './Failed.js';
import { Notice } from './Notice.js';

/** A question as far as it is answered; what useQuery returns fits. */
export interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch(): unknown;
}

interface AnswerProps<T> {
  asked: Asked<T>;
  /** stands where the data will stand, in its measure */
  loading: ReactNode;
  /** instead of data that has nothing to show */
  empty?: { when: (data: T) => boolean; face: ReactNode };
  /** what to do about a failure, beyond trying again; by default the way to the health screen */
  remedy?: ReactNode;
  /** tell a failure in one line: the whole of it stands elsewhere on the screen */
  brief?: boolean;
  children: (data: T) => ReactNode;
}

/**
 * The four faces of a question: loading, empty, failed, data. An answer that could not be renewed stays, under a
 * line that says it is old.
 */
export function Answer<T>({ asked, loading, empty, remedy, brief, children }: AnswerProps<T>) {
  const { t } = useWords();
  const { data, error, isFetching } = asked;
  const failure = useLastFailure(data, error);
  if (data === undefined && failure) {
    if (brief) return <Notice tone="bad">{describeFailure(failure, t).says}</Notice>;
    return <Failed error={failure} trying={isFetching} onRetry={() => void asked.refetch()} remedy={remedy} />;
  }
  if (data === undefined) {
    return (
      <div aria-busy="true">
        <VisuallyHidden>{t('answer.loading')}</VisuallyHidden>
        <div aria-hidden="true">{loading}</div>
      </div>
    );
  }
  return (
    <>
      {error && <Notice>{t('answer.stale', { reason: describeFailure(error, t).says })}</Notice>}
      {empty?.when(data) ? empty.face : children(data)}
    </>
  );
}

// A new try clears a question's error; the face stays failed until there is data, so that nothing jumps and the
// button that was pressed keeps the focus.
function useLastFailure(data: unknown, error: Error | null): Error | null {
  const [last, setLast] = useState(error);
  if (error && error !== last) setLast(error);
  else if (data !== undefined && !error && last) setLast(null);
  return error ?? last;
}
