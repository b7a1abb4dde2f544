import { type ReactNode } from 'react';
import { Icon, type IconName } from './icons.js';
import styles from './Message.module.css';

interface MessageProps {
  icon: IconName;
  tone: 'calm' | 'bad';
  title: string;
  /** read out at once */
  urgent?: boolean;
  children: ReactNode;
}

/** What stands where data would: a title, a sentence, what to do. */
export function Message({ icon, tone, title, urgent, children }: MessageProps) {
  return (
    <div className={styles.message} data-tone={tone} role={urgent ? 'alert' : undefined}>
      <span className={styles.icon}>
        <Icon name={icon} size={22} />
      </span>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
