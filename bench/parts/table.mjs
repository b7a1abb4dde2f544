import { table, writeParts } from '../../scripts/marked.mjs';

/** The figures as a section of docs/figures.md. */
export function markdown({ from, cells, runs, wall, cost, layouts, growth, outputs }) {
  const grown = key => growth.after[key] - growth.before[key];
  const rows = [
    [
      'a cell from sending to its end, median',
      ms(wall.with.p50),
      ms(wall.without.p50),
      ratio(wall.with.p50, wall.without.p50)
    ],
    ['the same, 99th percentile', ms(wall.with.p99), ms(wall.without.p99), ratio(wall.with.p99, wall.without.p99)],
    [`heap after ${whole(runs)} runs less before`, mb(grown('with')), mb(grown('without')), '']
  ];
  for (const { form, heap, ms: taken } of outputs) {
    rows.push([`100 MB by ${form}: time`, ms(taken.with), ms(taken.without), ratio(taken.with, taken.without)]);
    rows.push([`100 MB by ${form}: heap kept`, mb(heap.with), mb(heap.without), ratio(heap.with, heap.without)]);
  }
  const costs = [
    ['main thread per cell, median', ms(cost.p50)],
    ['main thread per cell, 99th percentile', ms(cost.p99)],
    ['main thread per cell, most', ms(cost.most)],
    [`layouts it forced, of ${whole(layouts.all)} in ${200} cells`, layouts.ours],
    [`bytes alive that it allocated in ${whole(runs)} runs`, whole(growth.kept.bytes)],
    ...outputs.map(({ form, made }) => [`bytes it allocated while 100 MB passed by ${form}`, whole(made.bytes)])
  ];
  return [
    `\`npm run bench:capture\`: ${whole(cells)} ${from}, one after the other, in two tabs of one Chromium that take turns.`,
    table(['what', 'with the extension', 'without', 'ratio'], rows),
    table(['what our code costs the page', ''], costs)
  ].join('\n\n');
}

/** Puts the section into docs/figures.md. */
export const writeFigures = block => writeParts('docs/figures.md', { 'bench-capture': block });

const whole = value => Math.round(value).toLocaleString('en-US');
const ms = value => `${value < 10 ? value.toFixed(2) : whole(value)} ms`;
const mb = bytes => `${(bytes / 1e6).toFixed(1)} MB`;
const ratio = (a, b) => (a / b).toFixed(2);
