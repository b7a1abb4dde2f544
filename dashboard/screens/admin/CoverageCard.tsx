import { useQuery } from '@tanstack/react-query';
import { type Coverage, type OpenPage } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { DataTable } from '../../parts/DataTable.js';
import { PersonLink } from '../../parts/PersonLink.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { useWords } from '../../shell/language.js';
import styles from './AdminScreen.module.css';

/** How often it is asked, in ms. */
const AGAIN_MS = 15_000;

/** Who has Lab open without being recorded, and whose events did not come. */
export function CoverageCard() {
  const { t } = useWords();
  const client = useClient();
  const coverage = useQuery({
    queryKey: ['coverage'],
    queryFn: () => client.coverage(),
    refetchInterval: AGAIN_MS
  });
  return (
    <Card
      id="coverage"
      title={t('admin.coverage')}
      aside={
        <span className={styles.aside}>
          {coverage.data && t('admin.coverage.of', { recording: coverage.data.recording, open: coverage.data.open })}
        </span>
      }
    >
      <Answer asked={coverage} loading={<RunsSkeleton lines={1} />}>
        {data => <Pages coverage={data} />}
      </Answer>
    </Card>
  );
}

function Pages({ coverage: { open, uncovered, waiting } }: { coverage: Coverage }) {
  const { t, format } = useWords();
  if (!uncovered.length && !waiting.length)
    return <p className={styles.note}>{t(open ? 'admin.coverage.all' : 'admin.coverage.none')}</p>;
  const why = (page: OpenPage): string => {
    if (!page.open) return t('admin.coverage.waiting', { count: page.waiting });
    if (!page.capturing) return t('admin.coverage.off');
    return t('admin.coverage.fault', { fault: page.fault ?? '' });
  };
  return (
    <DataTable
      label={t('admin.coverage')}
      rows={[...uncovered, ...waiting]}
      rowKey={page => page.page_id}
      columns={[
        { key: 'person', name: t('runs.column.person'), cell: page => <PersonLink username={page.username} /> },
        { key: 'why', name: t('admin.coverage.why'), cell: why },
        {
          key: 'version',
          name: t('admin.coverage.version'),
          cell: page => <bdi dir="ltr">{`${page.extension_version} · Lab ${page.lab_version ?? '?'}`}</bdi>
        },
        {
          key: 'seen',
          name: t('admin.coverage.seen'),
          figure: true,
          cell: page => <time dateTime={page.last_seen}>{format.moment(page.last_seen, new Date())}</time>
        }
      ]}
    />
  );
}
