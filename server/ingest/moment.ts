/**
 * An instant in the one way the store writes it, so that equal instants are equal texts: UTC, at least three and at
 * most six digits of a second, no zeros behind the third. Postgres takes no offset past ±15:59 and rounds what lies
 * below the microsecond; here it is cut.
 * @param text ISO 8601 with a time zone, as the protocol's schema lets through
 * @returns null when there is no such date
 */
export function moment(text: string): string | null {
  const ms = Date.parse(text);
  if (!Number.isFinite(ms)) return null;
  const digits = /\.(\d+)/.exec(text)?.[1] ?? '';
  const fraction = digits.slice(0, 6).replace(/0+$/, '').padEnd(3, '0');
  return `${new Date(ms).toISOString().replace(/\.\d{3}Z$/, '')}.${fraction}Z`;
}
