import { type ReactNode } from 'react';
import styles from './ScreenHead.module.css';

/** A screen's title, its one sentence, and its main deed. */
export function ScreenHead({ title, lead, deed }: { title: ReactNode; lead: ReactNode; deed?: ReactNode }) {
  return (
    <div className={styles.head}>
      <div>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.lead}>{lead}</div>
      </div>
      {deed}
    </div>
  );
}
