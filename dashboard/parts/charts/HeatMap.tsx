import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../../shell/language.js';
import styles from './HeatMap.module.css';

/** An hour of the week and what ran in it. */
export interface HeatCell {
  /** ISO: 1 is Monday */
  weekday: number;
  hour: number;
  executions: number;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Shades beside none at all. */
const LEVELS = 5;
/** A Monday: weekdays are named by a date of theirs. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Hours × weekdays as a table with shades; the week begins as the language's does, hours run as its words do. */
export function HeatMap({ cells, label }: { cells: readonly HeatCell[]; label: string }) {
  const { t, format, language } = useWords();
  const names = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const values = new Map(cells.map(cell => [`${cell.weekday} ${cell.hour}`, cell.executions]));
  const most = Math.max(0, ...values.values());
  return (
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.heat} aria-label={label}>
        <thead>
          <tr>
            <td />
            {HOURS.map(hour => (
              <th key={hour} scope="col">
                <span aria-hidden="true">{hour % 3 === 0 ? format.count(hour) : ''}</span>
                <VisuallyHidden>{format.hour(hour)}</VisuallyHidden>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekOf(language).map(weekday => {
            const name = names.format(new Date(MONDAY + (weekday - 1) * DAY_MS));
            return (
              <tr key={weekday}>
                <th scope="row">{name}</th>
                {HOURS.map(hour => {
                  const value = values.get(`${weekday} ${hour}`) ?? 0;
                  const said = t('heat.cell', { day: name, hour: format.hour(hour), count: value });
                  return (
                    <td key={hour} title={said} data-level={levelOf(value, most)}>
                      <VisuallyHidden>{format.count(value)}</VisuallyHidden>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Weekdays as ISO numbers in the order of a language's week: Saturday comes first in Persian. */
export function weekOf(language: string): number[] {
  const first = language === 'fa' ? 6 : 1;
  return Array.from({ length: 7 }, (_, day) => ((first - 1 + day) % 7) + 1);
}

/** The shade of a value: 0 for nothing, then by the root, so that the quiet hours differ too. */
export function levelOf(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(value / most) * LEVELS));
}
