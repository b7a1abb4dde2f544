import { type ReactNode } from 'react';
import styles from './RankBars.module.css';

/** One line of a ranking. */
export interface Ranked {
  key: string;
  name: ReactNode;
  /** marks along the line, by name; the longest makes its bar */
  marks: readonly { name: string; value: number | null; said: string }[];
}

/** A ranking as bars with marks on them (median, p95, p99), from the line's beginning in either direction. */
export function RankBars({ rows, label }: { rows: readonly Ranked[]; label: string }) {
  const most = Math.max(1, ...rows.flatMap(({ marks }) => marks.map(({ value }) => value ?? 0)));
  const share = (value: number | null) => `${((value ?? 0) / most) * 100}%`;
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map(({ key, name, marks }) => (
        <li key={key} className={styles.row}>
          <span className={styles.name}>{name}</span>
          <span className={styles.track} aria-hidden="true">
            {[...marks].reverse().map((mark, index) => (
              <span
                key={mark.name}
                className={styles.bar}
                data-order={index}
                style={{ inlineSize: share(mark.value) }}
                title={`${mark.name}: ${mark.said}`}
              />
            ))}
          </span>
          <span className={styles.said}>
            {marks.map(mark => (
              <span key={mark.name}>
                <small>{mark.name}</small> {mark.said}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
