import { lazy, Suspense, useState } from 'react';
import { Skeleton } from '@mantine/core';
import { ownTimeZone, type Calendar } from '../../format.js';
import { recall, remember, REMEMBERED } from '../../shell/remembered.js';
import { useWords } from '../../shell/language.js';
import { Disclosure } from '../Disclosure.js';
import { lastDays, presetOf, PRESETS, type Range } from './range.js';
import { ZoneSelect } from './ZoneSelect.js';
import styles from './RangePicker.module.css';

const DaysCalendar = lazy(() => import('./DaysCalendar.js'));

/** Chooses days: the last so many, or any on a Gregorian or Persian calendar, in any time zone. */
export function RangePicker({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const { t, language, format } = useWords();
  const [calendar, setCalendar] = useState<Calendar>(() => readCalendar(recall(REMEMBERED.calendar), language));
  const preset = presetOf(range, new Date());
  const choose = (next: Calendar) => {
    setCalendar(next);
    remember(REMEMBERED.calendar, next);
  };
  const days = `${format.day(range.from, calendar)} – ${format.day(range.to, calendar)}`;
  return (
    <Disclosure
      icon="calendar"
      align="end"
      label={`${t('range.name')}: ${days}`}
      name={preset !== null && isPreset(preset) ? t(`range.last.${preset}`) : days}
    >
      {close => (
        <div className={styles.picker}>
          <div className={styles.side}>
            <div className={styles.presets} role="group" aria-label={t('range.presets')}>
              {PRESETS.map(each => (
                <button
                  key={each}
                  type="button"
                  className={styles.preset}
                  aria-pressed={each === preset}
                  onClick={() => {
                    onChange(lastDays(each, new Date(), range.tz));
                    close();
                  }}
                >
                  {t(`range.last.${each}`)}
                </button>
              ))}
            </div>
            <ZoneSelect zone={range.tz} own={ownTimeZone()} onChange={tz => onChange({ ...range, tz })} />
          </div>
          <div className={styles.days}>
            <div className={styles.calendars} role="group" aria-label={t('range.calendar')}>
              {(['gregory', 'persian'] as const).map(each => (
                <button
                  key={each}
                  type="button"
                  className={styles.preset}
                  aria-pressed={each === calendar}
                  onClick={() => choose(each)}
                >
                  {t(`range.calendar.${each}`)}
                </button>
              ))}
            </div>
            <Suspense fallback={<Skeleton height={292} width={272} />}>
              <DaysCalendar
                key={calendar}
                range={range}
                calendar={calendar}
                onChange={(from, to) => {
                  onChange({ ...range, from, to });
                  close();
                }}
              />
            </Suspense>
          </div>
        </div>
      )}
    </Disclosure>
  );
}

function isPreset(days: number): days is (typeof PRESETS)[number] {
  return (PRESETS as readonly number[]).includes(days);
}

function readCalendar(kept: string | null, language: string): Calendar {
  if (kept === 'gregory' || kept === 'persian') return kept;
  return language === 'fa' ? 'persian' : 'gregory';
}
