import { type LiveState } from '../live.js';
import { useWords } from './language.js';
import styles from './LiveIndicator.module.css';

/** Whether what is shown follows the record, in words and colour. */
export function LiveIndicator({ state }: { state: LiveState }) {
  const { t } = useWords();
  return (
    <span className={styles.live} data-state={state} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}
