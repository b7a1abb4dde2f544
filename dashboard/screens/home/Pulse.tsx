import { type Stats } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import styles from './Pulse.module.css';

/** The quiet line: what runs now, and when the last event was stored. */
export function Pulse({ stats: { running, lastEventAt } }: { stats: Stats }) {
  const { t, format } = useWords();
  return (
    <p className={styles.pulse}>
      <span>
        {t('home.runningNow')} <b>{format.count(running)}</b>
      </span>
      <span>
        {t('home.lastEvent')}{' '}
        {lastEventAt === null ? (
          t('home.lastEvent.none')
        ) : (
          <time dateTime={lastEventAt} title={format.fullMoment(lastEventAt)}>
            {format.moment(lastEventAt, new Date())}
          </time>
        )}
      </span>
    </p>
  );
}
