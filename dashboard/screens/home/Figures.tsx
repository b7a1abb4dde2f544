import { type ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import { type Stats } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import styles from './Figures.module.css';

/** The three figures: today's executions, all, and the share that succeeded. */
export function Figures({ stats }: { stats: Stats }) {
  const { t, format } = useWords();
  const { today, total, errors, successRate } = stats;
  return (
    <dl className={styles.figures}>
      <Figure name={t('home.today')} value={format.count(today)}>
        {format.date(new Date())}
      </Figure>
      <Figure name={t('home.total')} value={format.count(total)}>
        {t('home.failed', { count: errors })}
      </Figure>
      <Figure name={t('home.successRate')} value={format.percent(successRate)}>
        {successRate === null ? t('home.successRate.none') : <Bar share={successRate} />}
      </Figure>
    </dl>
  );
}

/** Holds the place of the figures while they are asked for. */
export function FiguresSkeleton() {
  const { t } = useWords();
  const wait = <Skeleton component="span" height={10} width={120} maw="100%" />;
  return (
    <div className={styles.figures}>
      {([t('home.today'), t('home.total'), t('home.successRate')] as const).map(name => (
        <div key={name} className={styles.figure}>
          <div className={styles.name}>{name}</div>
          <div className={styles.value}>
            <Skeleton component="span" height={24} width={72} maw="100%" />
          </div>
          <div className={styles.beneath}>{wait}</div>
        </div>
      ))}
    </div>
  );
}

function Figure({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>
        {/* A new key for a new value: it comes in gently instead of being swapped. */}
        <span key={value} className={styles.changed}>
          {value}
        </span>
      </dd>
      <dd className={styles.beneath}>{children}</dd>
    </div>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <span className={styles.filled} style={{ inlineSize: `${share * 100}%` }} />
    </span>
  );
}
