import { useId } from 'react';
import { useWords } from '../../shell/language.js';
import styles from './RangePicker.module.css';

/** Chooses the time zone whose days are meant; the browser's own and UTC come first. */
export function ZoneSelect({ zone, own, onChange }: { zone: string; own: string; onChange: (zone: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const first = [...new Set([own, zone, 'UTC', 'Asia/Tehran'])];
  return (
    <div className={styles.zone}>
      <label htmlFor={id}>{t('range.zone')}</label>
      <select id={id} dir="ltr" value={zone} onChange={event => onChange(event.target.value)}>
        {first.map(each => (
          <option key={each}>{each}</option>
        ))}
        {Intl.supportedValuesOf('timeZone')
          .filter(each => !first.includes(each))
          .map(each => (
            <option key={each}>{each}</option>
          ))}
      </select>
    </div>
  );
}
