import { useQuery } from '@tanstack/react-query';
import { type Review } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { ownTimeZone } from '../../format.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { DataTable } from '../../parts/DataTable.js';
import { FigureRow } from '../../parts/FigureRow.js';
import { PersonLink } from '../../parts/PersonLink.js';
import { PressButton } from '../../parts/PressButton.js';
import { dayOf, shift } from '../../parts/range/range.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { useWords } from '../../shell/language.js';
import { AnomalyItem } from './AnomalyItem.js';
import styles from './Report.module.css';

const COVERAGE = ['gaps', 'missing', 'switched_off', 'unseen', 'unknown'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The review of a day, as it is printed and filed. @param day YYYY-MM-DD; anything else is today */
export function Report({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const { t, format } = useWords();
  const client = useClient();
  const tz = ownTimeZone();
  const today = dayOf(new Date(), tz);
  const shown = DAY.test(day) && !Number.isNaN(Date.parse(day)) && day <= today ? day : today;
  const asked = useQuery({ queryKey: ['review', shown, tz], queryFn: () => client.review({ day: shown, tz }) });
  return (
    <>
      <div className={styles.head}>
        <PressButton icon="previous" tone="quiet" name={t('report.before')} onPress={() => onDay(shift(shown, -1))} />
        <h2 className={styles.day}>{format.day(shown)}</h2>
        {shown < today && (
          <PressButton icon="next" tone="quiet" name={t('report.after')} onPress={() => onDay(shift(shown, 1))} />
        )}
        <span className={styles.print}>
          <PressButton icon="print" name={t('analytics.print')} onPress={() => print()} />
        </span>
      </div>
      <Answer asked={asked} loading={<RunsSkeleton lines={8} />}>
        {review => <Whole review={review} />}
      </Answer>
    </>
  );
}

function Whole({ review }: { review: Review }) {
  const { t, format } = useWords();
  const { people, alerts, judged, coverage } = review;
  const now = new Date(review.ends);
  return (
    <div className={styles.cards}>
      <FigureRow
        label={t('home.figures')}
        figures={[
          { name: t('admin.executions'), value: format.count(review.executions) },
          { name: t('person.failed'), value: format.count(review.errors) },
          { name: t('admin.people'), value: format.count(people.length) },
          { name: t('report.alerts'), value: format.count(alerts.length), ...(alerts.length > 0 && { tone: 'odd' }) },
          { name: t('report.open'), value: format.count(review.open) }
        ]}
      />
      <Card id="report-alerts" title={t('report.alerts')}>
        {alerts.length ? <List list={alerts} /> : <p className={styles.none}>{t('report.alerts.none')}</p>}
      </Card>
      {judged.length > 0 && (
        <Card id="report-judged" title={t('report.judged')}>
          <List list={judged} />
        </Card>
      )}
      <Card id="report-coverage" title={t('report.coverage')}>
        <div className={styles.inner}>
          <FigureRow
            label={t('report.coverage')}
            figures={COVERAGE.map(key => ({
              name: t(`report.coverage.${key}`),
              value: format.count(coverage[key]),
              ...(coverage[key] > 0 && { tone: 'odd' as const })
            }))}
          />
        </div>
      </Card>
      <Card id="report-people" title={t('admin.people')}>
        <DataTable
          label={t('admin.people')}
          rows={people}
          rowKey={row => row.username}
          columns={[
            { key: 'person', name: t('runs.column.person'), cell: row => <PersonLink username={row.username} /> },
            { key: 'executions', name: t('admin.executions'), figure: true, cell: row => format.count(row.executions) },
            { key: 'errors', name: t('person.failed'), figure: true, cell: row => format.count(row.errors) },
            { key: 'alerts', name: t('report.alerts'), figure: true, cell: row => format.count(row.alerts) },
            { key: 'first', name: t('report.first'), cell: row => format.moment(row.first_at, now) },
            { key: 'last', name: t('report.last'), cell: row => format.moment(row.last_at, now) }
          ]}
        />
      </Card>
    </div>
  );
}

function List({ list }: { list: Review['alerts'] }) {
  return (
    <ul className={styles.list}>
      {list.map(anomaly => (
        <li key={anomaly.id} className={styles.item}>
          <AnomalyItem anomaly={anomaly} reviewer />
        </li>
      ))}
    </ul>
  );
}
