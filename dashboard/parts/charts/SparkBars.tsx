import styles from './SparkBars.module.css';

/** Small bars, the oldest first; in Persian time runs from right to left as the words do. @param label what they say */
export function SparkBars({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  return (
    <span className={styles.bars} role="img" aria-label={label} title={label}>
      {values.map((value, index) => (
        <span
          key={index}
          className={styles.bar}
          data-none={value === 0 || undefined}
          style={{ blockSize: `${Math.max(8, (value / most) * 100)}%` }}
        />
      ))}
    </span>
  );
}
