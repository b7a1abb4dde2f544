import { type ExecutionSummary } from '@celltrail/protocol';
import { NOTHING } from '../../format.js';
import { StatusBadge } from '../../parts/StatusBadge.js';
import { useWords } from '../../shell/language.js';
import { firstLine } from './first-line.js';
import styles from './Executions.module.css';

/** One execution: when, where, what, how it ended. @param now decides whether its day is written */
export function ExecutionRow({ execution, now }: { execution: ExecutionSummary; now: Date }) {
  const { t, format } = useWords();
  const { timestamp, cell_number, code_preview, status, execution_time_ms, error_message } = execution;
  const line = firstLine(code_preview);
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" data-column="status">
        <StatusBadge status={status} />
      </td>
      <td role="cell" data-column="code">
        <bdi dir="ltr" className={styles.code} title={code_preview}>
          {line ?? <span className={styles.blank}>{t('home.code.blank')}</span>}
        </bdi>
        {error_message && (
          <bdi dir="ltr" className={styles.error} title={error_message}>
            {error_message}
          </bdi>
        )}
      </td>
      <td role="cell" data-column="notebook">
        <Place execution={execution} />
      </td>
      <td role="cell" data-column="cell" data-label={t('home.column.cell')}>
        {cell_number === null ? NOTHING : format.count(cell_number)}
      </td>
      <td role="cell" data-column="duration">
        {format.duration(execution_time_ms)}
      </td>
      <td role="cell" data-column="time">
        <time dateTime={timestamp} title={format.fullMoment(timestamp)}>
          {format.moment(timestamp, now)}
        </time>
      </td>
    </tr>
  );
}

function Place({ execution: { notebook_path, client } }: { execution: ExecutionSummary }) {
  const { t } = useWords();
  if (notebook_path === null) return <>{client ? t(`client.${client}`) : NOTHING}</>;
  return (
    <bdi dir="auto" className={styles.path} title={notebook_path}>
      {notebook_path.split('/').pop()}
    </bdi>
  );
}
