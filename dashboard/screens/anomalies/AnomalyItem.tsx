import { type Anomaly, type UnreadReason } from '@celltrail/protocol';
import { PersonLink } from '../../parts/PersonLink.js';
import { runAddress } from '../../parts/runs/run.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import { figureWords, normalWords } from './anomaly-words.js';
import { Verdicts } from './Verdicts.js';
import styles from './AnomalyItem.module.css';

/** One alert: what was seen, what is normal for this person, the runs it is about, and what was said of it. */
export function AnomalyItem({ anomaly, reviewer }: { anomaly: Anomaly; reviewer: boolean }) {
  const { t, format } = useWords();
  const { kind, username, begins, ends, names, normal } = anomaly;
  const now = new Date();
  const headingId = `anomaly-${anomaly.id}`;
  return (
    <article aria-labelledby={headingId} className={styles.item}>
      <header className={styles.head}>
        <h3 id={headingId} className={styles.title}>
          {t(`anomalies.kind.${kind}`)}
        </h3>
        {reviewer ? <PersonLink username={username} /> : <bdi>{username}</bdi>}
        <span className={styles.when}>
          <time dateTime={begins} title={format.fullMoment(begins)}>
            {format.moment(begins, now)}
          </time>
          {' – '}
          <time dateTime={ends} title={format.fullMoment(ends)}>
            {format.moment(ends, now)}
          </time>
        </span>
      </header>
      <dl className={styles.facts}>
        <div>
          <dt>{t('anomalies.figure')}</dt>
          <dd className={styles.figure}>{figureWords(anomaly, t, format)}</dd>
        </div>
        <div>
          <dt>{t('anomalies.normal')}</dt>
          <dd>{normal ? normalWords(anomaly, normal, t, format) : t('anomalies.normal.rule')}</dd>
        </div>
        {names.length > 0 && (
          <div>
            <dt>{t(`anomalies.names.${kind}`)}</dt>
            {kind === 'unread_code' ? (
              <dd>{names.map(reason => t(`anomalies.unread.${reason as UnreadReason}`)).join(' · ')}</dd>
            ) : (
              <dd className={styles.names}>
                {names.map(name => (
                  <bdi key={name} dir="ltr" className={styles.name}>
                    {name}
                  </bdi>
                ))}
              </dd>
            )}
          </div>
        )}
        <div>
          <dt>{t('anomalies.evidence', { count: anomaly.evidence_count })}</dt>
          <dd className={styles.evidence}>
            {anomaly.evidence.map((id, index) => (
              <Link key={id} href={runAddress(id)} title={id} data-openable={index === 0 || undefined}>
                {t('anomalies.evidence.run', { number: index + 1 })}
              </Link>
            ))}
          </dd>
        </div>
      </dl>
      <Verdicts anomaly={anomaly} />
    </article>
  );
}
