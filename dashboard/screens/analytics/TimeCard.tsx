import { lazy, Suspense } from 'react';
import { type Analytics } from '@celltrail/protocol';
import { DataTable, type DataColumn } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { type Series } from '../../parts/charts/TimeChart.js';
import { useWords } from '../../shell/language.js';
import { useMoments } from './use-moments.js';

const TimeChart = lazy(() => import('../../parts/charts/TimeChart.js'));

interface TimeCardProps<Row> {
  id: string;
  title: string;
  note?: string;
  graph: { rows: readonly Row[]; sql: string };
  series: readonly Series[];
  /** beside the time */
  columns: readonly DataColumn<Row>[];
  step: Analytics['step'];
  tz: string;
}

/** Courses over time, as a graph and as a table. */
export function TimeCard<Row extends { at: string } & Record<string, number | string | null>>({
  id,
  title,
  note,
  graph: { rows, sql },
  series,
  columns,
  step,
  tz
}: TimeCardProps<Row>) {
  const { t } = useWords();
  const { tick, moment } = useMoments(step, tz);
  const time: DataColumn<Row> = {
    key: 'at',
    name: t('runs.column.time'),
    cell: row => <time dateTime={row.at}>{moment(row.at)}</time>
  };
  return (
    <GraphCard
      id={id}
      title={title}
      note={note}
      sql={sql}
      rows={rows}
      graph={
        <Suspense fallback={null}>
          <TimeChart label={title} rows={rows} tick={tick} moment={moment} series={series} />
        </Suspense>
      }
      table={<DataTable label={title} rows={rows} rowKey={row => row.at} columns={[time, ...columns]} />}
    />
  );
}
