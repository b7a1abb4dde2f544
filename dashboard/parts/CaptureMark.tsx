import { type CaptureState } from '@celltrail/protocol';
import { useWords } from '../shell/language.js';
import styles from './CaptureMark.module.css';

/** How a person's recording stands: word, colour and shape say the same. */
export function CaptureMark({ state }: { state: CaptureState }) {
  const { t } = useWords();
  return (
    <span className={styles.mark} data-state={state} title={t(`capture.${state}.means`)}>
      {t(`capture.${state}`)}
    </span>
  );
}
