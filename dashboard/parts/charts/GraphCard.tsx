import { useState, type ReactNode } from 'react';
import { useWords } from '../../shell/language.js';
import { Card } from '../Card.js';
import { CopyButton } from '../CopyButton.js';
import { PressButton } from '../PressButton.js';
import { download, toCsv, type CsvRow } from './csv.js';
import styles from './GraphCard.module.css';

const FACES = ['graph', 'table', 'sql'] as const;
type Face = (typeof FACES)[number];

interface GraphCardProps {
  id: string;
  title: string;
  /** one sentence on what it shows */
  note?: ReactNode;
  graph: ReactNode;
  table: ReactNode;
  /** what gets the same from the database */
  sql: string;
  /** what a download holds, with the wire's names and numbers */
  rows: readonly CsvRow[];
}

/** A graph with its table, its SQL and its download. */
export function GraphCard({ id, title, note, graph, table, sql, rows }: GraphCardProps) {
  const { t } = useWords();
  const [face, setFace] = useState<Face>('graph');
  return (
    <Card
      id={id}
      title={title}
      aside={
        <div className={styles.tools}>
          <div className={styles.faces} role="group" aria-label={t('graph.faces', { title })}>
            {FACES.map(each => (
              <button
                key={each}
                type="button"
                className={styles.face}
                aria-pressed={each === face}
                onClick={() => setFace(each)}
              >
                {t(`graph.${each}`)}
              </button>
            ))}
          </div>
          <PressButton icon="download" tone="quiet" name="CSV" onPress={() => download(`${id}.csv`, toCsv(rows))} />
        </div>
      }
    >
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {face === 'graph' && <div className={styles.graph}>{rows.length ? graph : <Nothing />}</div>}
      {face === 'table' && (rows.length ? table : <Nothing />)}
      {face === 'sql' && (
        <div className={styles.sql}>
          <CopyButton name={t('execution.copy')} text={() => sql} />
          <pre dir="ltr" tabIndex={0} role="group" aria-label={t('graph.sql.of', { title })}>
            {sql}
          </pre>
        </div>
      )}
    </Card>
  );
}

function Nothing() {
  const { t } = useWords();
  return <p className={styles.nothing}>{t('graph.nothing')}</p>;
}
