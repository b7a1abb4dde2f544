import { useEffect, useState } from 'react';
import { useWords } from '../../shell/language.js';
import { COLUMNS, type Run } from './run.js';
import { RunRow } from './RunRow.js';
import styles from './Runs.module.css';

interface RunTableProps {
  list: readonly Run[];
  /** id of the heading that names the table */
  labelledBy: string;
  /** whether it says whose each run is */
  named?: boolean;
}

/** Runs as a table, newest first; on a narrow screen each row becomes a small card. */
export function RunTable({ list, labelledBy, named = false }: RunTableProps) {
  const { t } = useWords();
  const settled = useSettled();
  const now = new Date();
  return (
    // The roles are spelled out because `display: grid` takes them from a table in some browsers.
    <table role="table" className={styles.table} aria-labelledby={labelledBy} data-named={named || undefined}>
      <thead role="rowgroup" className={styles.head}>
        <tr role="row">
          {COLUMNS.filter(column => named || column !== 'person').map(column => (
            <th key={column} role="columnheader" scope="col" data-column={column}>
              {t(`runs.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" data-settled={settled || undefined}>
        {list.map(run => (
          <RunRow key={run.id} run={run} now={now} named={named} />
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
