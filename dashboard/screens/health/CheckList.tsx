import { Skeleton } from '@mantine/core';
import { type Check } from '@celltrail/protocol';
import { Icon, type IconName } from '../../parts/icons.js';
import { useWords } from '../../shell/language.js';
import { checkWords, type CheckState } from './check-words.js';
import styles from './CheckList.module.css';

const ICONS: Record<CheckState, IconName> = { ok: 'check', wrong: 'cross', unknown: 'question' };

/** How many checks the skeleton holds the place of. */
const USUAL = 11;

/** The checks in the server's order; under what is wrong stands what to do. */
export function CheckList({ checks }: { checks: Check[] }) {
  return (
    <ul className={styles.list}>
      {checks.map(check => (
        <CheckItem key={check.id} check={check} />
      ))}
    </ul>
  );
}

function CheckItem({ check }: { check: Check }) {
  const { t, format } = useWords();
  const { state, title, sentence, foreign, fix } = checkWords(check, t, format);
  return (
    <li className={styles.item} data-state={state} data-check={check.id}>
      <span className={styles.icon}>
        <Icon name={ICONS[state]} />
      </span>
      <div className={styles.said}>
        <div className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          <span className={styles.state}>{t(`health.state.${state}`)}</span>
        </div>
        <p className={styles.sentence}>
          {foreign ? (
            <bdi dir="ltr" lang="en" className={styles.foreign}>
              {sentence}
            </bdi>
          ) : (
            sentence
          )}
        </p>
        {fix && (
          <p className={styles.fix}>
            <b>{t('health.fix')}:</b> {fix}
          </p>
        )}
      </div>
    </li>
  );
}

/** Holds the place of the checks while they run. */
export function ChecksSkeleton() {
  return (
    <>
      <div className={styles.verdictSkeleton} />
      <div className={styles.list}>
        {Array.from({ length: USUAL }, (_, line) => (
          <div key={line} className={styles.item}>
            <Skeleton circle height={28} />
            <div className={styles.said}>
              <Skeleton height={13} width="20%" my={6} />
              <Skeleton height={11} width="46%" my={9} />
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
