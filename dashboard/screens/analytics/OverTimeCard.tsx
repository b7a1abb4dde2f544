import { type Analytics } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import { TimeCard } from './TimeCard.js';

interface OverTimeCardProps {
  graph: Analytics['over_time'];
  step: Analytics['step'];
  tz: string;
}

/** How many ran, and which share of them failed, over time. */
export function OverTimeCard({ graph, step, tz }: OverTimeCardProps) {
  const { t, format } = useWords();
  return (
    <TimeCard
      id="over-time"
      title={t('analytics.overTime')}
      graph={graph}
      step={step}
      tz={tz}
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
      columns={[
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
  );
}
