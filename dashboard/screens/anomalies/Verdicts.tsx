import { useId, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Anomaly, type Verdict } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { describeFailure } from '../../parts/failure.js';
import { Notice } from '../../parts/Notice.js';
import { PressButton } from '../../parts/PressButton.js';
import { useRole } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { sizeWords } from './anomaly-words.js';
import styles from './Verdicts.module.css';

const CHOICES = [
  ['fine', 'check'],
  ['needs_look', 'question'],
  ['not_fine', 'cross']
] as const;
/** Characters of a comment. protocol/api-anomalies.ts, MAX_COMMENT_LENGTH */
const MOST = 2000;

/** What was said of an alert, and for admins the deeds that say it: a judgement with its comment, and taking it back. */
export function Verdicts({ anomaly }: { anomaly: Anomaly }) {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const mayJudge = useRole() === 'admin';
  const id = useId();
  const [comment, setComment] = useState('');
  // Judged here: it stays where it stands until the screen is left, so that it can be taken back.
  const [judged, setJudged] = useState<Anomaly | null>(null);
  const current = judged ?? anomaly;
  const judging = useMutation({
    mutationFn: (verdict: Verdict | null) => {
      const { figure, evidence_count, grown_at } = current;
      return client.judge(anomaly.id, verdict, { figure, evidence_count, grown_at }, comment.trim() || undefined);
    },
    onSuccess(answer) {
      setJudged(answer.grown ? null : answer);
      setComment('');
      // What grew while it was looked at is fetched, to be looked at again.
      const refetchType = answer.grown ? 'active' : 'none';
      void queries.invalidateQueries({ queryKey: ['anomalies'], refetchType });
      void queries.invalidateQueries({ queryKey: ['review'], refetchType });
    }
  });
  return (
    <div className={styles.verdicts}>
      <Said anomaly={current} />
      {judging.error && <Notice tone="bad">{describeFailure(judging.error, t).says}</Notice>}
      {mayJudge &&
        (current.verdict?.verdict ? (
          <div className={styles.deeds}>
            <PressButton
              icon="refresh"
              name={t('anomalies.undo')}
              busy={judging.isPending}
              onPress={() => judging.mutate(null)}
            />
          </div>
        ) : (
          <div className={styles.deeds}>
            <label className={styles.comment} htmlFor={id}>
              {t('anomalies.comment')}
            </label>
            <input
              id={id}
              dir="auto"
              className={styles.field}
              maxLength={MOST}
              value={comment}
              placeholder={t('anomalies.comment.hint')}
              onChange={event => setComment(event.target.value)}
            />
            {CHOICES.map(([verdict, icon]) => (
              <PressButton
                key={verdict}
                icon={icon}
                name={t(`anomalies.verdict.${verdict}`)}
                busy={judging.isPending && judging.variables === verdict}
                onPress={() => judging.mutate(verdict)}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

function Said({ anomaly }: { anomaly: Anomaly }) {
  const { t, format } = useWords();
  const { history, unit, grown, grown_at } = anomaly;
  const now = new Date();
  if (!history.length) return null;
  return (
    <ul className={styles.said} role="status">
      {history.map(({ verdict, by, at, comment, figure, evidence_count }) => (
        <li key={`${at} ${verdict}`} data-verdict={verdict ?? 'none'}>
          <b>{t(verdict === null ? 'anomalies.verdict.none' : `anomalies.verdict.${verdict}`)}</b> · <bdi>{by}</bdi> ·{' '}
          <time dateTime={at}>{format.moment(at, now)}</time>
          {verdict !== null && figure !== null && evidence_count !== null && (
            <span className={styles.size}>
              {t('anomalies.said.then', { seen: sizeWords({ figure, unit, evidence_count }, t, format) })}
            </span>
          )}
          {comment !== null && <q dir="auto">{comment}</q>}
        </li>
      ))}
      {grown && grown_at !== null && (
        <li data-verdict="grown">
          <b>{t('anomalies.grown')}</b> · <time dateTime={grown_at}>{format.moment(grown_at, now)}</time>
          <span className={styles.size}>{t('anomalies.grown.now', { seen: sizeWords(anomaly, t, format) })}</span>
        </li>
      )}
    </ul>
  );
}
