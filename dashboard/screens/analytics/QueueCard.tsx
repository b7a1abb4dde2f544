import { lazy, Suspense } from 'react';
import { type Analytics } from '@celltrail/protocol';
import { DataTable } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { useWords } from '../../shell/language.js';
import { useMoments } from './use-moments.js';

const TimeChart = lazy(() => import('../../parts/charts/TimeChart.js'));

interface QueueCardProps {
  queue: Analytics['queue'];
  step: Analytics['step'];
  tz: string;
}

/** How long runs waited between being asked for and beginning. */
export function QueueCard({ queue: { rows, sql }, step, tz }: QueueCardProps) {
  const { t, format } = useWords();
  const { tick, moment } = useMoments(step, tz);
  const title = t('analytics.queue');
  return (
    <GraphCard
      id="queue"
      title={title}
      note={t('analytics.queue.note')}
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
                key: 'average_ms',
                name: t('analytics.average'),
                kind: 'area',
                colour: 'var(--ct-accent)',
                format: value => format.duration(value)
              },
              {
                key: 'p95_ms',
                name: t('analytics.p95'),
                kind: 'line',
                colour: 'var(--ct-odd)',
                format: value => format.duration(value)
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
            {
              key: 'average',
              name: t('analytics.average'),
              figure: true,
              cell: row => format.duration(row.average_ms)
            },
            { key: 'p95', name: t('analytics.p95'), figure: true, cell: row => format.duration(row.p95_ms) },
            { key: 'longest', name: t('analytics.longest'), figure: true, cell: row => format.duration(row.longest_ms) }
          ]}
        />
      }
    />
  );
}
