import type { JSX } from 'react';
import type { OwnedSummary, Stats } from '@celltrail/protocol';
import type { Language, Translate } from '@celltrail/protocol/locales';

interface Said {
  t: Translate;
  language: Language;
}

/** Today, all, and the share that succeeded. */
export function Figures({ stats: { today, total, successRate }, t, language }: Said & { stats: Stats }): JSX.Element {
  const count = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <dl className="celltrail-PanelView-figures">
      {(
        [
          ['panel.today', count.format(today)],
          ['panel.total', count.format(total)],
          ['panel.successRate', successRate === null ? '–' : percent.format(successRate)]
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RunsProps extends Said {
  runs: readonly OwnedSummary[];
  /** the portal's screen of a run */
  address: (id: string) => string;
  onJump: (run: OwnedSummary) => unknown;
}

/** Runs, newest first; pressing one goes to its cell. */
export function Runs({ runs, t, language, address, onJump }: RunsProps): JSX.Element {
  const clock = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  if (!runs.length) return <p className="celltrail-PanelView-none">{t('panel.none')}</p>;
  return (
    <ol className="celltrail-PanelView-runs">
      {runs.map(run => (
        <li key={run.id} data-status={run.status}>
          <button type="button" title={run.code_preview} onClick={() => void onJump(run)}>
            <bdi dir="ltr" className="celltrail-PanelView-code">
              {firstLine(run.code_preview)}
            </bdi>
            <span className="celltrail-PanelView-meta">
              {t(`status.${run.status}`)} ·{' '}
              <time dateTime={run.timestamp}>{clock.format(new Date(run.timestamp))}</time>
              {run.execution_time_ms !== null && ` · ${milliseconds(run.execution_time_ms, language)}`}
            </span>
            {run.error_message && (
              <bdi dir="ltr" className="celltrail-PanelView-error">
                {run.error_message}
              </bdi>
            )}
          </button>
          <a href={address(run.id)} target="_blank" rel="noopener" aria-label={t('panel.open')} title={t('panel.open')}>
            ↗
          </a>
        </li>
      ))}
    </ol>
  );
}

function firstLine(code: string): string {
  return code.split(/\r\n|\r|\n/).find(line => line.trim() !== '') ?? '…';
}

function milliseconds(ms: number, language: Language): string {
  const [value, unit] = ms < 1000 ? [ms, 'millisecond'] : [ms / 1000, 'second'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1
  }).format(value);
}
