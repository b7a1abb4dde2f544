import { useQuery } from '@tanstack/react-query';
import { type Analytics } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { FigureRow } from '../../parts/FigureRow.js';
import { PressButton } from '../../parts/PressButton.js';
import { RangePicker } from '../../parts/range/RangePicker.js';
import { useRange } from '../../parts/range/use-range.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useRole } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { useParameters } from '../../shell/route.js';
import { DurationsCard } from './DurationsCard.js';
import { ErrorsCard } from './ErrorsCard.js';
import { HeatCard } from './HeatCard.js';
import { OverTimeCard } from './OverTimeCard.js';
import { QueueCard } from './QueueCard.js';
import { SlowCard } from './SlowCard.js';
import styles from './AnalyticsScreen.module.css';

/** Days that are shown when the address says none. */
const DEFAULT_DAYS = 7;
/** From so many ms on a run is slow, when the address says no other number. */
const DEFAULT_SLOW_MS = 1000;
/** How long an answer stays good, in ms. */
const FRESH_MS = 30_000;

/** `/portal/analytics`: how long, how many, when, what failed; each graph with its table, its SQL and a download. */
export default function AnalyticsScreen() {
  const { t } = useWords();
  const client = useClient();
  const everyone = useRole() !== 'analyst';
  const [range, setRange] = useRange(DEFAULT_DAYS);
  const { values, set } = useParameters();
  const user = values.get('user') ?? undefined;
  const slower = Number(values.get('slower_than') ?? DEFAULT_SLOW_MS);
  const slow = Number.isFinite(slower) && slower >= 0 ? slower : DEFAULT_SLOW_MS;
  const question = { ...range, ...(user !== undefined && { user }), slower_than: slow };
  const asked = useQuery({
    queryKey: ['analytics', question],
    queryFn: () => client.analytics(question),
    staleTime: FRESH_MS,
    placeholderData: before => before
  });
  return (
    <>
      <ScreenHead
        title={t('analytics.title')}
        lead={t(everyone ? 'analytics.lead.everyone' : 'analytics.lead')}
        deed={
          <div className={styles.tools}>
            {user !== undefined && <PressButton icon="cross" name={user} onPress={() => set({ user: null })} />}
            <RangePicker range={range} onChange={setRange} />
            <PressButton icon="print" name={t('analytics.print')} onPress={() => print()} />
          </div>
        }
      />
      <Answer
        asked={asked}
        loading={
          <Card id="waiting" title={t('analytics.overTime')}>
            <RunsSkeleton lines={8} />
          </Card>
        }
      >
        {data => (
          <div className={styles.cards} aria-busy={asked.isPlaceholderData}>
            <Totals totals={data.totals} error={data.percentile_error} />
            <OverTimeCard graph={data.over_time} step={data.step} tz={data.tz} />
            {everyone && user === undefined && (
              <DurationsCard
                id="by-user"
                title={t('analytics.byUser')}
                column={t('runs.column.person')}
                rows={data.by_user.rows.map(row => ({ ...row, name: row.username }))}
                sql={data.by_user.sql}
                onChoose={name => set({ user: name })}
              />
            )}
            <DurationsCard
              id="by-notebook"
              title={t('analytics.byNotebook')}
              column={t('runs.column.notebook')}
              rows={data.by_notebook.rows.map(row => ({ ...row, name: row.notebook_path }))}
              sql={data.by_notebook.sql}
            />
            <SlowCard
              slow={data.slow}
              named={everyone}
              onThreshold={ms => set({ slower_than: ms === DEFAULT_SLOW_MS ? null : String(ms) }, true)}
            />
            <HeatCard heat={data.heat} />
            <ErrorsCard errors={data.frequent_errors} />
            <QueueCard queue={data.queue} step={data.step} tz={data.tz} />
          </div>
        )}
      </Answer>
    </>
  );
}

function Totals({ totals, error }: { totals: Analytics['totals']; error: number }) {
  const { t, format } = useWords();
  return (
    <div>
      <FigureRow
        label={t('home.figures')}
        figures={[
          { name: t('admin.executions'), value: format.count(totals.executions) },
          { name: t('home.successRate'), value: format.percent(totals.success_rate) },
          { name: t('analytics.average'), value: format.duration(totals.average_ms) },
          { name: t('analytics.median'), value: format.duration(totals.median_ms) },
          { name: t('analytics.p95'), value: format.duration(totals.p95_ms) },
          { name: t('analytics.p99'), value: format.duration(totals.p99_ms) }
        ]}
      />
      <p className={styles.note}>
        {t('analytics.of', { people: totals.people, notebooks: totals.notebooks })}{' '}
        {error > 0 && t('analytics.percentiles', { share: format.percent(error) })}
      </p>
    </div>
  );
}
