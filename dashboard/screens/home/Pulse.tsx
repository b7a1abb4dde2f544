import { type Stats } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import styles from './Pulse.module.css';

/** The quiet line: what runs now, and when the last event was stored. Keeps its place until that is known. */
export function Pulse({ stats }: { stats: Stats | undefined }) {
  const { t, format } = useWords();
  if (!stats) return <p className={styles.pulse} />;
  const { running, lastEventAt } = stats;
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
