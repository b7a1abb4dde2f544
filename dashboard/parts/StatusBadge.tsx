import { type ExecutionStatus } from '@celltrail/protocol';
import { useWords } from '../shell/language.js';
import { Icon, type IconName } from './icons.js';
import styles from './StatusBadge.module.css';

const LOOKS: Record<ExecutionStatus, { icon: IconName; tone: string }> = {
  running: { icon: 'busy', tone: 'busy' },
  success: { icon: 'check', tone: 'good' },
  error: { icon: 'cross', tone: 'bad' },
  interrupted: { icon: 'stop', tone: 'odd' },
  aborted: { icon: 'skip', tone: 'unsure' },
  kernel_died: { icon: 'bolt', tone: 'bad' },
  kernel_restarted: { icon: 'refresh', tone: 'odd' },
  unknown: { icon: 'question', tone: 'unsure' }
};

/** What became of a run: icon, word and colour say the same. */
export function StatusBadge({ status }: { status: ExecutionStatus }) {
  const { t } = useWords();
  const { icon, tone } = LOOKS[status];
  return (
    <span className={styles.badge} data-tone={tone} data-status={status}>
      <Icon name={icon} size={14} className={styles.icon} />
      {t(`status.${status}`)}
    </span>
  );
}
