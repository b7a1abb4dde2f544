import { type Anomaly } from '@celltrail/protocol';
import { type Translate } from '@celltrail/protocol/locales';
import { NOTHING, type Format } from '../../format.js';

/** What was seen, with its unit. */
export function figureWords({ figure, unit }: Pick<Anomaly, 'figure' | 'unit'>, t: Translate, format: Format): string {
  switch (unit) {
    case 'share':
      return format.percent(figure);
    case 'hour':
      return format.hour(Math.round(figure));
    case 'executions':
      return t('anomalies.unit.executions', { count: figure });
    case 'names':
      return t('anomalies.unit.names', { count: figure });
  }
}

/** How much there was of an alert: its figure, and its evidence where that is another number. */
export function sizeWords(
  { figure, unit, evidence_count }: Pick<Anomaly, 'figure' | 'unit' | 'evidence_count'>,
  t: Translate,
  format: Format
): string {
  const said = figureWords({ figure, unit }, t, format);
  return unit === 'executions' ? said : `${said} · ${t('anomalies.unit.executions', { count: evidence_count })}`;
}

/** What is normal for this person, from how long a time that is known, and where the ordinary ends. */
export function normalWords(
  { unit }: Pick<Anomaly, 'unit'>,
  { typical, limit, days }: NonNullable<Anomaly['normal']>,
  t: Translate,
  format: Format
): string {
  const said = (figure: number | null) => (figure === null ? NOTHING : figureWords({ figure, unit }, t, format));
  const known = t('anomalies.normal.days', { count: days });
  if (typical === null && limit === null) return known;
  if (limit === null) return `${t('anomalies.normal.typical', { typical: said(typical) })} ${known}`;
  return `${t('anomalies.normal.limit', { typical: said(typical), limit: said(limit) })} ${known}`;
}
