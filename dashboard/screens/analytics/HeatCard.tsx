import { type Analytics } from '@celltrail/protocol';
import { DataTable } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { HeatMap } from '../../parts/charts/HeatMap.js';
import { useWords } from '../../shell/language.js';

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** When most runs: hours × weekdays. */
export function HeatCard({ heat: { rows, sql } }: { heat: Analytics['heat'] }) {
  const { t, format, language } = useWords();
  const names = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const title = t('analytics.heat');
  return (
    <GraphCard
      id="heat"
      title={title}
      sql={sql}
      rows={rows}
      graph={<HeatMap cells={rows} label={title} />}
      table={
        <DataTable
          label={title}
          rows={[...rows].sort((a, b) => b.executions - a.executions)}
          rowKey={row => `${row.weekday} ${row.hour}`}
          columns={[
            {
              key: 'day',
              name: t('analytics.weekday'),
              cell: row => names.format(new Date(MONDAY + (row.weekday - 1) * DAY_MS))
            },
            { key: 'hour', name: t('analytics.hour'), cell: row => format.hour(row.hour) },
            { key: 'executions', name: t('admin.executions'), figure: true, cell: row => format.count(row.executions) },
            { key: 'errors', name: t('person.failed'), figure: true, cell: row => format.count(row.errors) }
          ]}
        />
      }
    />
  );
}
