import { useState } from 'react';
import { type Analytics } from '@celltrail/protocol';
import { Card } from '../../parts/Card.js';
import { download, toCsv } from '../../parts/charts/csv.js';
import { CopyButton } from '../../parts/CopyButton.js';
import { PressButton } from '../../parts/PressButton.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { useWords } from '../../shell/language.js';
import { latinDigits } from './latin-digits.js';
import styles from './AnalyticsScreen.module.css';

interface SlowCardProps {
  slow: Analytics['slow'];
  named: boolean;
  onThreshold: (ms: number) => void;
}

/** The slowest runs, from a threshold on that can be changed. */
export function SlowCard({ slow, named, onThreshold }: SlowCardProps) {
  const { t } = useWords();
  const [text, setText] = useState(String(slow.threshold_ms));
  const set = () => {
    const ms = Number(latinDigits(text));
    if (Number.isFinite(ms) && ms >= 0) onThreshold(ms);
    else setText(String(slow.threshold_ms));
  };
  return (
    <Card
      id="slow"
      title={t('analytics.slow')}
      aside={
        <form
          className={styles.threshold}
          onSubmit={event => {
            event.preventDefault();
            set();
          }}
        >
          <label htmlFor="slower-than">{t('analytics.slow.from')}</label>
          <input
            id="slower-than"
            dir="ltr"
            inputMode="numeric"
            value={text}
            onChange={event => setText(event.target.value)}
            onBlur={set}
          />
          <span>{t('analytics.slow.unit')}</span>
          <CopyButton name="SQL" text={() => slow.sql} />
          <PressButton
            icon="download"
            tone="quiet"
            name="CSV"
            onPress={() => download('slow.csv', toCsv(slow.rows.map(row => ({ ...row }))))}
          />
        </form>
      }
    >
      <p className={styles.count}>{t('analytics.slow.count', { count: slow.executions })}</p>
      {slow.rows.length > 0 && (
        <RunTable
          list={slow.rows.map(row => ({ ...row, error_message: null, client: null }))}
          labelledBy="slow"
          named={named}
        />
      )}
    </Card>
  );
}
