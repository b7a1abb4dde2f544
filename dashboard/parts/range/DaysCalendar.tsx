import { parseDate, toCalendar, GregorianCalendar } from '@internationalized/date';
import {
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
  I18nProvider,
  RangeCalendar
} from 'react-aria-components';
import { type Calendar } from '../../format.js';
import { useWords } from '../../shell/language.js';
import { Icon } from '../icons.js';
import { dayOf, shift, MOST_DAYS, type Range } from './range.js';
import styles from './DaysCalendar.module.css';

interface DaysCalendarProps {
  range: Range;
  calendar: Calendar;
  /** days as YYYY-MM-DD of the Gregorian calendar, whichever was shown */
  onChange: (from: string, to: string) => void;
}

/** A month of days to choose a range from, in either calendar, by mouse and keyboard (arrows, Page Up, Enter). */
export default function DaysCalendar({ range, calendar, onChange }: DaysCalendarProps) {
  const { t, language } = useWords();
  const today = dayOf(new Date(), range.tz);
  return (
    <I18nProvider locale={`${language === 'fa' ? 'fa-IR' : 'en-GB'}-u-ca-${calendar}`}>
      <RangeCalendar
        aria-label={t('range.days')}
        className={styles.calendar}
        defaultValue={{ start: parseDate(range.from), end: parseDate(range.to) }}
        defaultFocusedValue={parseDate(range.to)}
        maxValue={parseDate(today)}
        minValue={parseDate(shift(today, -10 * MOST_DAYS))}
        onChange={({ start, end }) => onChange(gregorian(start), gregorian(end))}
      >
        <header className={styles.head}>
          <Button slot="previous" className={styles.turn}>
            <Icon name="previous" />
          </Button>
          <Heading className={styles.month} />
          <Button slot="next" className={styles.turn}>
            <Icon name="next" />
          </Button>
        </header>
        <CalendarGrid className={styles.grid}>
          <CalendarGridHeader>
            {day => <CalendarHeaderCell className={styles.weekday}>{day}</CalendarHeaderCell>}
          </CalendarGridHeader>
          <CalendarGridBody>{date => <CalendarCell date={date} className={styles.day} />}</CalendarGridBody>
        </CalendarGrid>
      </RangeCalendar>
    </I18nProvider>
  );
}

function gregorian(date: Parameters<typeof toCalendar>[0]): string {
  const { year, month, day } = toCalendar(date, new GregorianCalendar());
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
