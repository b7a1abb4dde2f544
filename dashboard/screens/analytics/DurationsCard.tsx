import { NOTHING } from '../../format.js';
import { DataTable } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { RankBars } from '../../parts/charts/RankBars.js';
import { useWords } from '../../shell/language.js';
import styles from './AnalyticsScreen.module.css';

/** Lines of the graph; its table has them all. */
const MOST = 10;

/** One person's, or one notebook's, times. */
interface DurationsRow {
  name: string | null;
  executions: number;
  errors: number;
  success_rate: number | null;
  average_ms: number | null;
  median_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
}

interface DurationsCardProps {
  id: string;
  title: string;
  /** what the names are */
  column: string;
  rows: readonly DurationsRow[];
  sql: string;
  /** narrows the screen to one of them */
  onChoose?: (name: string) => void;
}

/** Median, p95 and p99 side by side, of the busiest. */
export function DurationsCard({ id, title, column, rows, sql, onChoose }: DurationsCardProps) {
  const { t, format } = useWords();
  const named = (name: string | null) =>
    name === null ? (
      NOTHING
    ) : onChoose ? (
      <button type="button" className={styles.name} onClick={() => onChoose(name)}>
        <bdi>{name}</bdi>
      </button>
    ) : (
      <bdi title={name}>{name.split('/').pop()}</bdi>
    );
  return (
    <GraphCard
      id={id}
      title={title}
      sql={sql}
      rows={rows.map(row => ({ ...row }))}
      graph={
        <RankBars
          label={title}
          rows={rows.slice(0, MOST).map(row => ({
            key: row.name ?? '',
            name: named(row.name),
            marks: (['median_ms', 'p95_ms', 'p99_ms'] as const).map(mark => ({
              name: t(`analytics.${mark}`),
              value: row[mark],
              said: format.duration(row[mark])
            }))
          }))}
        />
      }
      table={
        <DataTable
          label={title}
          rows={rows}
          rowKey={row => row.name ?? ''}
          columns={[
            { key: 'name', name: column, cell: row => named(row.name) },
            { key: 'executions', name: t('admin.executions'), figure: true, cell: row => format.count(row.executions) },
            { key: 'errors', name: t('person.failed'), figure: true, cell: row => format.count(row.errors) },
            {
              key: 'average',
              name: t('analytics.average'),
              figure: true,
              cell: row => format.duration(row.average_ms)
            },
            { key: 'median', name: t('analytics.median'), figure: true, cell: row => format.duration(row.median_ms) },
            { key: 'p95', name: t('analytics.p95'), figure: true, cell: row => format.duration(row.p95_ms) },
            { key: 'p99', name: t('analytics.p99'), figure: true, cell: row => format.duration(row.p99_ms) }
          ]}
        />
      }
    />
  );
}
