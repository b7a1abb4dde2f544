import { useQuery } from '@tanstack/react-query';
import { type PersonDetail } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { NOTHING, ownTimeZone } from '../../format.js';
import { Answer } from '../../parts/Answer.js';
import { CaptureMark } from '../../parts/CaptureMark.js';
import { Card } from '../../parts/Card.js';
import { HeatMap } from '../../parts/charts/HeatMap.js';
import { SparkBars } from '../../parts/charts/SparkBars.js';
import { DataTable } from '../../parts/DataTable.js';
import { FigureRow } from '../../parts/FigureRow.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { StatusBadge } from '../../parts/StatusBadge.js';
import { useWords } from '../../shell/language.js';
import { Link, usePath } from '../../shell/route.js';
import styles from './PersonScreen.module.css';

/** How long an answer stays good, in ms: that it was asked goes on record, so it is not asked at every change. */
const FRESH_MS = 60_000;

/** `/portal/people/{name}`: one person's figures, habits, pages and last runs. */
export default function PersonScreen() {
  const { t } = useWords();
  const client = useClient();
  const username = decodeURIComponent(usePath().split('/').pop() ?? '');
  const tz = ownTimeZone();
  const asked = useQuery({
    queryKey: ['person', username, tz],
    queryFn: () => client.person(username, tz),
    staleTime: FRESH_MS
  });
  return (
    <>
      <ScreenHead
        title={<bdi>{username}</bdi>}
        lead={t('person.lead')}
        deed={
          <Link
            className={styles.search}
            href={`/portal/search?${new URLSearchParams({ q: `user:${/[\s"]/.test(username) ? JSON.stringify(username) : username}` })}`}
          >
            {t('person.search')}
          </Link>
        }
      />
      <Answer asked={asked} loading={<RunsSkeleton lines={8} />}>
        {detail => <Whole detail={detail} />}
      </Answer>
    </>
  );
}

function Whole({ detail }: { detail: PersonDetail }) {
  const { t, format } = useWords();
  const { person, statuses, hours, latest } = detail;
  const total = person.days.reduce((sum, day) => sum + day, 0);
  return (
    <div className={styles.cards}>
      <FigureRow
        label={t('home.figures')}
        figures={[
          { name: t('admin.capture'), value: <CaptureMark state={person.capture} /> },
          { name: t('admin.executions'), value: format.count(person.executions) },
          { name: t('admin.errorRate'), value: format.percent(person.error_rate) },
          {
            name: t('admin.days'),
            value: (
              <SparkBars values={person.days} label={t('admin.days.said', { total, today: person.days.at(-1) ?? 0 })} />
            )
          },
          {
            name: t('admin.lastActive'),
            value: (
              <span className={styles.moment}>
                {person.last_active === null ? NOTHING : format.moment(person.last_active, new Date())}
              </span>
            )
          }
        ]}
      />
      <Card id="statuses" title={t('person.statuses')}>
        <ul className={styles.statuses}>
          {statuses.map(({ status, executions }) => (
            <li key={status}>
              <StatusBadge status={status} /> {format.count(executions)}
            </li>
          ))}
        </ul>
      </Card>
      <div className={styles.two}>
        <Notebooks list={detail.notebooks} />
        <Errors list={detail.errors} />
      </div>
      <Card id="hours" title={t('person.hours')}>
        <HeatMap cells={hours} label={t('person.hours')} />
      </Card>
      <Pages list={detail.pages} />
      <Card id="latest" title={t('person.latest')}>
        <RunTable list={latest} labelledBy="latest" />
      </Card>
    </div>
  );
}

function Notebooks({ list }: { list: PersonDetail['notebooks'] }) {
  const { t, format } = useWords();
  return (
    <Card id="notebooks" title={t('person.notebooks')}>
      <DataTable
        label={t('person.notebooks')}
        rows={list}
        rowKey={({ notebook_path }) => notebook_path ?? ''}
        columns={[
          {
            key: 'notebook',
            name: t('runs.column.notebook'),
            cell: row => <bdi title={row.notebook_path ?? undefined}>{row.notebook_path ?? NOTHING}</bdi>
          },
          { key: 'executions', name: t('admin.executions'), figure: true, cell: row => format.count(row.executions) },
          { key: 'errors', name: t('person.failed'), figure: true, cell: row => format.count(row.errors) }
        ]}
      />
    </Card>
  );
}

function Errors({ list }: { list: PersonDetail['errors'] }) {
  const { t, format } = useWords();
  return (
    <Card id="errors" title={t('person.errors')}>
      <DataTable
        label={t('person.errors')}
        rows={list}
        rowKey={({ error_name }) => error_name ?? ''}
        columns={[
          { key: 'name', name: t('person.error'), cell: row => <bdi dir="ltr">{row.error_name ?? NOTHING}</bdi> },
          { key: 'times', name: t('person.times'), figure: true, cell: row => format.count(row.times) }
        ]}
      />
    </Card>
  );
}

function Pages({ list }: { list: PersonDetail['pages'] }) {
  const { t, format } = useWords();
  const now = new Date();
  return (
    <Card id="pages" title={t('person.pages')}>
      <DataTable
        label={t('person.pages')}
        rows={list}
        rowKey={page => page.page_id}
        columns={[
          {
            key: 'state',
            name: t('admin.capture'),
            cell: page => (
              <CaptureMark
                state={!page.open ? 'silent' : page.capturing && page.fault === null ? 'recording' : 'off'}
              />
            )
          },
          {
            key: 'version',
            name: t('admin.coverage.version'),
            cell: page => <bdi dir="ltr">{`${page.extension_version} · Lab ${page.lab_version ?? '?'}`}</bdi>
          },
          { key: 'waiting', name: t('person.waiting'), figure: true, cell: page => format.count(page.waiting) },
          { key: 'first', name: t('person.first'), cell: page => format.moment(page.first_seen, now) },
          { key: 'last', name: t('admin.coverage.seen'), cell: page => format.moment(page.last_seen, now) }
        ]}
      />
    </Card>
  );
}
