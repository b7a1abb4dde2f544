import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databases } from './databases.js';
import { makeSampleRecord, REPORTS, type SampleRecord } from './sample-record.js';

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { rawSql: string; format: 'table' | 'time_series' }[];
  panels?: Panel[];
}
interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; type: string; query: string }[] };
  annotations: { list: { name: string; rawQuery: string }[] };
}

const file = join(__dirname, '../../reporting/grafana/celltrail.json');
const dashboard = JSON.parse(readFileSync(file, 'utf8')) as Dashboard;
const panels = dashboard.panels.flatMap(panel => [panel, ...(panel.panels ?? [])]);
const variables = dashboard.templating.list.filter(({ type }) => type === 'query');
const queries: [string, string, 'table' | 'time_series'][] = [
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ rawSql, format }) => [title, rawSql, format] as [string, string, typeof format])), // prettier-ignore
  ...variables.map(({ name, query }) => [`the choice of ${name}`, query, 'table'] as [string, string, 'table']),
  ...dashboard.annotations.list.map(({ name, rawQuery }) => [name, rawQuery, 'table'] as [string, string, 'table'])
];

/**
 * A query as Grafana sends it: its macros for Postgres, a variable of several values, the interval of the graph.
 * Grafana: pkg/tsdb/grafana-postgresql-datasource/macros.go
 */
function asSent(query: string, from: string, to: string, people: readonly string[]): string {
  return query
    .replaceAll('$__interval', '1h')
    .replaceAll('$user', people.map(name => `'${name.replaceAll("'", "''")}'`).join(','))
    .replace(/\$__timeFilter\((\w+)\)/g, `$1 BETWEEN '${from}' AND '${to}'`)
    .replace(/\$__timeGroupAlias\((\w+), 1h\)/g, 'floor(extract(epoch from $1)/3600)*3600 AS "time"');
}

describe('the dashboard for Grafana', () => {
  it('has panels with numbers of their own that lie beside each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const [i, { gridPos: a }] of dashboard.panels.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const { gridPos: b } of dashboard.panels.slice(i + 1))
        expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
    }
  });

  it('reads the views for reports', () => {
    expect(queries.length).toBeGreaterThan(15);
    // Its graphs are by the hour; days can be made of those.
    for (const view of REPORTS.filter(name => name !== 'daily_activity'))
      // prettier-ignore
      expect([view, queries.some(([, query]) => query.includes(view))]).toEqual([view, true]);
  });
});

for (const database of databases)
  describe(`the queries of the dashboard for Grafana on ${database.name}`, () => {
    let { fresh, reader, drop } = {} as SampleRecord;
    beforeAll(async () => {
      ({ fresh, reader, drop } = await makeSampleRecord(database));
    });
    afterAll(() => drop());
    const people = ['sara', 'reza', 'test_user', 'mina', 'ali', "o'brien"];
    const ask = async (query: string, of = people): Promise<Record<string, unknown>[]> => {
      const [from, to] = [Date.now() - 30 * 86_400_000, Date.now() + 3_600_000].map(at => new Date(at).toISOString());
      const sent = asSent(query, from!, to!, of);
      expect(sent).not.toContain('$');
      return (await reader.query<Record<string, unknown>>(sent)).rows;
    };

    it.each(queries)('%s finds something', async (_, query, format) => {
      const rows = await ask(query);
      expect(rows.length).toBeGreaterThan(0);
      expect(Object.values(rows[0]!).some(value => value !== null)).toBe(true);
      if (format === 'time_series') expect(Number(rows[0]!['time'])).toBeGreaterThan(1.7e9);
    });

    it('narrow to the person who is chosen', async () => {
      const query = queries.find(([title]) => title === 'Executions')![1];
      expect(await ask(query, ['reza'])).toEqual([{ executions: '3' }]);
      expect(await ask(query, ["o'brien"])).toEqual([{ executions: '0' }]);
    });

    it('take the recipe for Metabase along, with its filter and without', async () => {
      const page = readFileSync(join(__dirname, '../../docs/reporting.md'), 'utf8');
      const recipe = /```sql\n(SELECT day[\s\S]*?)```/.exec(page)![1]!;
      const all = (await reader.query(recipe.replace(/\[\[.*?\]\]/, ''))).rows;
      const reza = recipe.replace(/\[\[(.*?)\]\]/, '$1').replace('{{person}}', '$1');
      expect(all.length).toBeGreaterThan((await reader.query(reza, ['reza'])).rows.length);
    });

    it('take a login as the page has it made', async () => {
      const page = readFileSync(join(__dirname, '../../docs/reporting.md'), 'utf8');
      const made = /```sql\n(CREATE ROLE[\s\S]*?)```/
        .exec(page)![1]!
        .replaceAll('ROLE reports', 'ROLE reports_of_test');
      await fresh.query(made);
      await fresh.query('SET SESSION AUTHORIZATION reports_of_test');
      expect(await fresh.query('SELECT count(*)::int > 0 AS reads FROM daily_activity')).toEqual([{ reads: true }]);
      await expect(fresh.query('DELETE FROM audit_events')).rejects.toMatchObject({ code: '42501' });
      await fresh.query('RESET SESSION AUTHORIZATION');
      await fresh.query('DROP ROLE reports_of_test');
    });
  });
