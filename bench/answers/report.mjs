import { table } from '../../scripts/marked.mjs';

const whole = value => Math.round(value).toLocaleString('en-US');
const ms = value => (value < 10 ? value.toFixed(1) : whole(value));

/** The figures as a section of docs/figures.md. */
export function markdown(rows, size, postgres) {
  const by = (group, name) => rows.find(row => row.group === group && row.name === name);
  const searches = rows.filter(({ group }) => group === 'search');
  const others = rows.filter(({ group }) => group === 'questions' || group === 'analytics');
  return [
    `${whole(size.rows)} executions of ${size.users} people in ${size.days} days, on ${postgres === '15' ? 'Postgres 15' : 'the private Postgres 18'} with its default settings; \`npm run bench:answers -- --rows ${size.rows} --postgres ${postgres}\`. Milliseconds from the request to the end of the answer, over HTTP, one question at a time.`,
    table(['question', 'p50', 'p95'], others.map(({ group, name, p50, p95 }) => [group === 'analytics' ? `analytics: ${name}` : name, ms(p50), ms(p95)])),
    table(
      ['search', 'p50', 'p95', 'facets p50', 'p95'],
      searches.map(({ name, p50, p95 }) => {
        const facets = by('facets', name);
        return [name, ms(p50), ms(p95), ms(facets.p50), ms(facets.p95)];
      })
    )
  ].join('\n\n'); // prettier-ignore
}
