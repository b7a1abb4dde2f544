import { Skeleton } from '@mantine/core';
import styles from './Runs.module.css';

/** Holds the place of a table of runs while it is asked for: as many lines, as high. */
export function RunsSkeleton({ lines }: { lines: number }) {
  return (
    <div className={styles.skeleton}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.skeletonRow}>
          <Skeleton height={20} width={84} radius="xl" />
          <Skeleton height={12} width={`${34 + ((line * 17) % 30)}%`} />
          <Skeleton height={12} width={64} className={styles.skeletonEnd} />
        </div>
      ))}
    </div>
  );
}
