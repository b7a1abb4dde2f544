import { NOTHING } from '../../format.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import { CodeLine } from '../code/CodeLine.js';
import { firstLines } from '../code/marked.js';
import { PersonLink } from '../PersonLink.js';
import { StatusBadge } from '../StatusBadge.js';
import { firstLine } from './first-line.js';
import { runAddress, type Run } from './run.js';
import styles from './Runs.module.css';

/** How many lines of what was found are shown. */
const FOUND_LINES = 3;

interface RunRowProps {
  run: Run;
  /** decides whether its day is written */
  now: Date;
  /** whether it says whose it is */
  named: boolean;
}

/** One run: how it ended, what, where, when. The code is the way to the whole of it. */
export function RunRow({ run, now, named }: RunRowProps) {
  const { t, format } = useWords();
  const { timestamp, cell_number, code_preview, status, execution_time_ms, error_message } = run;
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" data-column="status">
        <StatusBadge status={status} />
      </td>
      <td role="cell" data-column="code">
        <Link href={runAddress(run.id)} className={styles.code} title={code_preview} data-openable>
          <Preview run={run} />
        </Link>
        {error_message && (
          <bdi dir="ltr" className={styles.error} title={error_message}>
            {error_message}
          </bdi>
        )}
      </td>
      {named && (
        <td role="cell" data-column="person">
          <PersonLink username={run.username ?? NOTHING} />
        </td>
      )}
      <td role="cell" data-column="notebook">
        <Place run={run} />
      </td>
      <td role="cell" data-column="cell" data-label={t('runs.column.cell')}>
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

function Preview({ run: { code_preview, matches, preview_from = 0 } }: { run: Run }) {
  const { t } = useWords();
  if (matches?.length) {
    const { text, stretches } = firstLines(code_preview, matches, FOUND_LINES);
    return (
      <>
        {preview_from > 0 && <CodeLine text="…" />}
        <CodeLine text={text} marks={stretches} />
      </>
    );
  }
  const line = firstLine(code_preview);
  return line === null ? <span className={styles.blank}>{t('runs.code.blank')}</span> : <CodeLine text={line} />;
}

function Place({ run: { notebook_path, client } }: { run: Run }) {
  const { t } = useWords();
  if (notebook_path === null) return <>{client ? t(`client.${client}`) : NOTHING}</>;
  return (
    <bdi dir="auto" className={styles.path} title={notebook_path}>
      {notebook_path.split('/').pop()}
    </bdi>
  );
}
