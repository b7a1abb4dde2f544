import { lazy, Suspense } from 'react';
import { type Analytics } from '@celltrail/protocol';
import { DataTable } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { useWords } from '../../shell/language.js';
import { useMoments } from './use-moments.js';

const TimeChart = lazy(() => import('../../parts/charts/TimeChart.js'));

interface OverTimeCardProps {
  graph: Analytics['over_time'];
  step: Analytics['step'];
  tz: string;
}

/** How many ran, and which share of them failed, over time. */
export function OverTimeCard({ graph: { rows, sql }, step, tz }: OverTimeCardProps) {
  const { t, format } = useWords();
  const { tick, moment } = useMoments(step, tz);
  const title = t('analytics.overTime');
  return (
    <GraphCard
      id="over-time"
      title={title}
      sql={sql}
      rows={rows}
      graph={
        <Suspense fallback={null}>
          <TimeChart
            label={title}
            rows={rows}
            tick={tick}
            moment={moment}
            series={[
              {
                key: 'executions',
                name: t('admin.executions'),
                kind: 'bar',
                colour: 'var(--ct-accent)',
                format: value => format.count(value)
              },
              {
                key: 'error_rate',
                name: t('analytics.errorRate'),
                kind: 'line',
                colour: 'var(--ct-bad)',
                second: true,
                format: value => format.percent(value)
              }
            ]}
          />
        </Suspense>
      }
      table={
        <DataTable
          label={title}
          rows={rows}
          rowKey={row => row.at}
          columns={[
            { key: 'at', name: t('runs.column.time'), cell: row => <time dateTime={row.at}>{moment(row.at)}</time> },
            { key: 'executions', name: t('admin.executions'), figure: true, cell: row => format.count(row.executions) },
            { key: 'errors', name: t('person.failed'), figure: true, cell: row => format.count(row.errors) },
            {
              key: 'rate',
              name: t('analytics.errorRate'),
              figure: true,
              cell: row => format.percent(row.error_rate)
            }
          ]}
        />
      }
    />
  );
}
