import { type ReactNode } from 'react';
import { Icon } from './icons.js';
import styles from './Notice.module.css';

/** A line that something is not as it should be, while the rest still stands. */
export function Notice({ tone = 'odd', children }: { tone?: 'odd' | 'bad'; children: ReactNode }) {
  return (
    <p className={styles.notice} data-tone={tone} role="status">
      <Icon name="warning" className={styles.icon} />
      <span>{children}</span>
    </p>
  );
}
