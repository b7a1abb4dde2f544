import { sql, type RawBuilder } from 'kysely';
import { type SearchBound, type SearchTerm } from '@celltrail/protocol';

/** A search that was understood, and of whose executions. */
export interface Search {
  terms: readonly SearchTerm[];
  /** whose; null for everyone's */
  username: string | null;
  /** IANA zone of the days in `created:`; null for the database's */
  tz: string | null;
}

type Condition = RawBuilder<unknown>;
type ValueTerm = Extract<SearchTerm, { kind: 'status' | 'user' | 'notebook' | 'kernel' | 'client' | 'error' }>;

const COLUMNS = {
  status: 'l.status',
  user: 'l.username',
  notebook: 'l.notebook_path',
  kernel: 'l.kernel_name',
  client: 'l.client',
  error: 'l.error_message'
} as const;

/**
 * What a row `l` of code_execution_logs must be, its code left aside. Several values of one qualifier are
 * alternatives; those with a minus each leave rows out.
 */
export function rowConditions({ terms, username, tz }: Search): Condition {
  const conditions: Condition[] = [sql`true`];
  if (username !== null) conditions.push(sql`l.username = ${username}`);
  const alternatives = new Map<string, Condition[]>();
  for (const term of terms) {
    if (term.kind === 'text') continue;
    if (term.kind === 'took' || term.kind === 'created') {
      const within = ranges(term, tz);
      conditions.push(term.not ? sql`(${within}) IS NOT TRUE` : within);
    } else if (term.not) conditions.push(sql`(${isValue(term)}) IS NOT TRUE`);
    else alternatives.set(term.kind, [...(alternatives.get(term.kind) ?? []), isValue(term)]);
  }
  for (const values of alternatives.values()) conditions.push(sql`(${sql.join(values, sql` OR `)})`);
  return sql.join(conditions, sql` AND `);
}

/** From which time on, in ms, runs are slow enough to be few. As the index that finds them. */
const SLOW_MS = 1_000;

/**
 * The part of {@link rowConditions} that the database has an index by time for: what fulfils it is looked at newest
 * first, without passing by what does not.
 */
export function scopeConditions({ terms, username, tz }: Search): Condition {
  const whose = username ?? onlyValue(terms, 'user');
  const when = terms.flatMap(term => (term.kind === 'created' && !term.not ? [ranges(term, tz)] : []));
  return sql.join([whose === null ? fewRuns(terms) : sql`l.username = ${whose}`, ...when], sql` AND `);
}

/** Of everyone's runs those that are few, where the terms want no others. */
function fewRuns(terms: readonly SearchTerm[]): Condition {
  const status = onlyValue(terms, 'status');
  if (status !== null && status !== 'success') return sql`l.status = ${status}`;
  if (terms.some(term => term.kind === 'error' && !term.not)) return sql`l.error_message IS NOT NULL`;
  const isSlow = (term: SearchTerm) =>
    term.kind === 'took' && !term.not && term.bounds.some(({ op, value }) => op.startsWith('>') && value >= SLOW_MS);
  return terms.some(isSlow) ? sql`l.execution_time_ms >= ${sql.lit(SLOW_MS)}` : sql`true`;
}

/** The value that a qualifier must have, if there is just one. */
function onlyValue(terms: readonly SearchTerm[], kind: 'user' | 'status'): string | null {
  const values = terms.flatMap(term => (term.kind === kind && !term.not ? [term.value] : []));
  return values.length === 1 && !values[0]!.includes('*') ? values[0]! : null;
}

/** What a text in its search form must hold and must not hold. */
export function textConditions(terms: readonly SearchTerm[], text: RawBuilder<unknown>): Condition {
  const conditions = terms.flatMap(term => {
    if (term.kind !== 'text') return [];
    const held = sql`strpos(${text}, ${needle(term.value)}) > 0`;
    return [term.not ? sql`NOT ${held}` : held];
  });
  return conditions.length ? sql.join(conditions, sql` AND `) : sql`true`;
}

/** A word in its search form, made by the database, as the texts are. */
export function needle(value: string): RawBuilder<string> {
  return sql<string>`celltrail_search_text(${value}::text)`;
}

function isValue({ kind, value }: ValueTerm): Condition {
  const column = sql.ref(COLUMNS[kind]);
  // An error is a sentence: a part of it is what people know.
  if (kind === 'error') return sql`strpos(celltrail_search_text(${column}), ${needle(value)}) > 0`;
  if (!value.includes('*')) return sql`${column} = ${value}`;
  const pattern = value.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%');
  return sql`${column} LIKE ${pattern}`;
}

function ranges(term: Extract<SearchTerm, { bounds: unknown }>, tz: string | null): Condition {
  if (term.kind === 'took')
    return sql.join(term.bounds.map(({ op, value }) => sql`l.execution_time_ms ${sql.raw(op)} ${value}`), sql` AND `); // prettier-ignore
  return sql.join(term.bounds.map(bound => whenCreated(bound, tz)), sql` AND `); // prettier-ignore
}

/** A day is whole: up to it includes its last moment, after it begins with the next one. */
function whenCreated({ op, value }: SearchBound<string>, tz: string | null): Condition {
  if (value.length > 10) return sql`l.timestamp ${sql.raw(op)} ${value}::timestamptz`;
  const next = op === '>' || op === '<=';
  const midnight = sql`((${value}::date + ${next ? 1 : 0}::integer)::timestamp AT TIME ZONE coalesce(${tz}::text, current_setting('TimeZone')))`;
  return sql`l.timestamp ${sql.raw(op === '>' || op === '>=' ? '>=' : '<')} ${midnight}`;
}
