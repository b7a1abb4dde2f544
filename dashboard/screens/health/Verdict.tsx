import { type Check } from '@celltrail/protocol';
import { Icon } from '../../parts/icons.js';
import { useWords } from '../../shell/language.js';
import { stateOf } from './check-words.js';
import styles from './Verdict.module.css';

/** The headline over the checks. @param checkedAt when they ran */
export function Verdict({ checks, checkedAt }: { checks: Check[]; checkedAt: Date }) {
  const { t, format } = useWords();
  const count = (state: string) => checks.filter(check => stateOf(check) === state).length;
  const [wrong, unsure] = [count('wrong'), count('unknown')];
  return (
    <div className={styles.verdict} data-well={wrong === 0}>
      <Icon name={wrong ? 'warning' : 'check'} size={22} />
      {/* Read out when it changes; the time beside it is not. */}
      <p className={styles.headline} role="status">
        {wrong ? t('health.wrong', { count: wrong }) : t('health.allWell')}
        {unsure > 0 && <span className={styles.unsure}> · {t('health.unsure', { count: unsure })}</span>}
      </p>
      <p className={styles.time}>
        {t('health.checkedAt', { time: format.moment(checkedAt.toISOString(), checkedAt) })}
      </p>
    </div>
  );
}
