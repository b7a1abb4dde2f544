import { useEffect, useState } from 'react';
import { type ExecutionSummary } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';
import { ExecutionRow } from './ExecutionRow.js';
import styles from './Executions.module.css';

const COLUMNS = ['status', 'code', 'notebook', 'cell', 'duration', 'time'] as const;

/** Executions as a table, newest first; on a narrow screen each row becomes a small card. */
export function Executions({ list }: { list: ExecutionSummary[] }) {
  const { t } = useWords();
  const settled = useSettled();
  const now = new Date();
  return (
    // The roles are spelled out because `display: grid` takes them from a table in some browsers.
    <table role="table" className={styles.table} aria-labelledby="recent">
      <thead role="rowgroup" className={styles.head}>
        <tr role="row">
          {COLUMNS.map(column => (
            <th key={column} role="columnheader" scope="col" data-column={column}>
              {t(`home.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" data-settled={settled || undefined}>
        {list.map(execution => (
          <ExecutionRow key={execution.id} execution={execution} now={now} />
        ))}
      </tbody>
    </table>
  );
}

// Rows that are there at the first look don't announce themselves; those that come later do (see the sheet).
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSettled(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return settled;
}
