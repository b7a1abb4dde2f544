import { Skeleton } from '@mantine/core';
import { type Absence } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import { absenceTitle, gapEnd } from './absence-words.js';
import styles from './Absence.module.css';

/** How much of a kernel's or a page's id tells it from the others on a screen. */
const SHORT = 8;

/** How often, by kind and reason, and how many executions are missing by it. */
export function Figures({ figures }: { figures: Absence['figures'] }) {
  const { t } = useWords();
  return (
    <ul className={styles.figures}>
      {figures.map(figure => (
        <li key={`${figure.type} ${figure.reason}`} data-type={figure.type}>
          <span>{absenceTitle(figure, t)}</span>
          <b>{t('absence.times', { count: figure.times })}</b>
          {figure.missing > 0 && <b className={styles.bad}>{t('absence.missing', { count: figure.missing })}</b>}
        </li>
      ))}
    </ul>
  );
}

/** The last of them one by one: what, whose, in which kernel, from where to where. */
export function Latest({ latest }: { latest: Absence['latest'] }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="absence-latest">
      <h3 id="absence-latest" className={styles.subtitle}>
        {t('absence.latest')}
      </h3>
      <ul className={styles.list}>
        {latest.map(one => (
          <Entry key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ one }: { one: Absence['latest'][number] }) {
  const { t, format } = useWords();
  const now = new Date();
  const isGap = one.type === 'capture.gap';
  const [from, to] = [one.gap_from, one.gap_to].map(end => gapEnd(end, t, format, now));
  return (
    <li className={styles.entry}>
      <div className={styles.line}>
        <span className={styles.what}>{absenceTitle(one, t)}</span>
        <time dateTime={one.at} title={format.fullMoment(one.at)}>
          {format.moment(one.at, now)}
        </time>
      </div>
      <p className={styles.facts}>
        <bdi>{one.username}</bdi>
        {one.kernel_id && <Id words="absence.kernel" id={one.kernel_id} />}
        {isGap && <span>{t('absence.span', { from: from!, to: to! })}</span>}
        {one.missing !== null && <b className={styles.bad}>{t('absence.missing', { count: one.missing })}</b>}
      </p>
    </li>
  );
}

function Id({ words, id }: { words: 'absence.kernel'; id: string }) {
  const { t } = useWords();
  return <span title={id}>{t(words, { id: isolated(id) })}</span>;
}

/** Pages that went quiet with events known to be missing. */
export function Holes({ holes }: { holes: Absence['holes'] }) {
  const { t, format } = useWords();
  const now = new Date();
  return (
    <section aria-labelledby="absence-holes">
      <h3 id="absence-holes" className={styles.subtitle}>
        {t('absence.holes')}
      </h3>
      <ul className={styles.list}>
        {holes.map(hole => (
          <li key={`${hole.page_id} ${hole.username} ${hole.missing_from}`} className={styles.entry}>
            <p className={styles.facts} title={hole.page_id}>
              <bdi>{hole.username}</bdi>
              <span className={styles.bad}>
                {t('absence.holes.page', {
                  id: isolated(hole.page_id),
                  from: hole.missing_from,
                  to: hole.missing_to,
                  count: hole.missing,
                  since: format.moment(hole.since, now)
                })}
              </span>
              {hole.waiting > 0 && <span>{t('absence.holes.waiting', { count: hole.waiting })}</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

// Left to right in a sentence of either direction: FSI and PDI of Unicode's bidi algorithm (UAX #9, §2.4).
function isolated(id: string): string {
  return `\u2068${id.slice(0, SHORT)}\u2069`;
}

/** Holds the place of the figures while they are asked for. */
export function AbsenceSkeleton() {
  return (
    <div className={styles.none}>
      <Skeleton height={12} width="40%" my={6} />
    </div>
  );
}
