import { type Analytics } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import { TimeCard } from './TimeCard.js';

interface QueueCardProps {
  queue: Analytics['queue'];
  step: Analytics['step'];
  tz: string;
}

/** How long runs waited between being asked for and beginning. */
export function QueueCard({ queue, step, tz }: QueueCardProps) {
  const { t, format } = useWords();
  return (
    <TimeCard
      id="queue"
      title={t('analytics.queue')}
      note={t('analytics.queue.note')}
      graph={queue}
      step={step}
      tz={tz}
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
      columns={[
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
  );
}
