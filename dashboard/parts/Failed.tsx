import { type ReactNode } from 'react';
import { useWords } from '../shell/language.js';
import { Link } from '../shell/route.js';
import { AgainButton } from './AgainButton.js';
import { describeFailure } from './failure.js';
import { Message } from './Message.js';
import styles from './Message.module.css';

interface FailedProps {
  error: Error;
  /** whether it is being tried again now */
  trying: boolean;
  onRetry: () => void;
  remedy?: ReactNode;
}

/** A question that got no answer: what broke, and what to do. */
export function Failed({ error, trying, onRetry, remedy }: FailedProps) {
  const { t } = useWords();
  const { says, detail, fix, instance } = describeFailure(error, t);
  return (
    <Message icon="warning" tone="bad" title={t('answer.failed')} urgent>
      <p>{says}</p>
      {detail && (
        <p>
          <bdi dir="ltr" lang="en" className={styles.detail}>
            {detail}
          </bdi>
        </p>
      )}
      {fix && (
        <p>
          <bdi dir="ltr" lang="en">
            {fix}
          </bdi>
        </p>
      )}
      {instance && <p>{t('answer.instance', { instance })}</p>}
      <div className={styles.deeds}>
        <AgainButton name={t('answer.retry')} trying={trying} onPress={onRetry} />
        {remedy ?? <Link href="/portal/health">{t('answer.toHealth')}</Link>}
      </div>
    </Message>
  );
}
