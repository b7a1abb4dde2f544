import { type ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import styles from './FigureRow.module.css';

/** A figure with its name. */
export interface NamedFigure {
  name: string;
  value: ReactNode;
  /** a line beneath it */
  beneath?: ReactNode;
  tone?: 'bad' | 'good' | 'odd';
}

/** Figures side by side. */
export function FigureRow({ figures, label }: { figures: readonly NamedFigure[]; label: string }) {
  return (
    <dl className={styles.row} aria-label={label}>
      {figures.map(({ name, value, beneath, tone }) => (
        <div key={name} className={styles.figure}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value} data-tone={tone}>
            {value}
          </dd>
          {beneath !== undefined && <dd className={styles.beneath}>{beneath}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Holds the place of figures while they are asked for. */
export function FigureRowSkeleton({ names }: { names: readonly string[] }) {
  return (
    <div className={styles.row}>
      {names.map(name => (
        <div key={name} className={styles.figure}>
          <div className={styles.name}>{name}</div>
          <div className={styles.value}>
            <Skeleton height={22} width={64} my={6} />
          </div>
        </div>
      ))}
    </div>
  );
}
