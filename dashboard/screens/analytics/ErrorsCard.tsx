import { type Analytics } from '@celltrail/protocol';
import { DataTable } from '../../parts/DataTable.js';
import { GraphCard } from '../../parts/charts/GraphCard.js';
import { RankBars } from '../../parts/charts/RankBars.js';
import { runAddress } from '../../parts/runs/run.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';

/** Lines of the graph; its table has them all. */
const MOST = 10;

/** What fails most, with the last one of each. */
export function ErrorsCard({ errors: { rows, sql } }: { errors: Analytics['frequent_errors'] }) {
  const { t, format } = useWords();
  const now = new Date();
  const title = t('analytics.errors');
  return (
    <GraphCard
      id="errors"
      title={title}
      sql={sql}
      rows={rows}
      graph={
        <RankBars
          label={title}
          rows={rows.slice(0, MOST).map(row => ({
            key: row.error_name,
            name: (
              <Link href={runAddress(row.example_id)} title={row.example_message ?? undefined} data-openable>
                <bdi dir="ltr">{row.error_name}</bdi>
              </Link>
            ),
            marks: [{ name: t('person.times'), value: row.executions, said: format.count(row.executions) }]
          }))}
        />
      }
      table={
        <DataTable
          label={title}
          rows={rows}
          rowKey={row => row.error_name}
          columns={[
            { key: 'name', name: t('person.error'), cell: row => <bdi dir="ltr">{row.error_name}</bdi> },
            { key: 'times', name: t('person.times'), figure: true, cell: row => format.count(row.executions) },
            { key: 'people', name: t('admin.people'), figure: true, cell: row => format.count(row.people) },
            {
              key: 'last',
              name: t('analytics.last'),
              cell: row => (
                <Link href={runAddress(row.example_id)}>
                  <time dateTime={row.last_at}>{format.moment(row.last_at, now)}</time>
                </Link>
              )
            },
            {
              key: 'message',
              name: t('analytics.example'),
              cell: row => (
                <bdi dir="ltr" title={row.example_message ?? undefined}>
                  {row.example_message ?? ''}
                </bdi>
              )
            }
          ]}
        />
      }
    />
  );
}
