import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** 26,004 cells of public notebooks, beside the checkout where the project's shared data lies. */
const SHARED = new URL('../../../shared/data/cells.jsonl.gz', import.meta.url);

/** Where they are not at hand: what an analyst's cells look like, from one line to a screenful. */
const OWN = [
  'import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt',
  'df = pd.read_csv("transactions.csv", parse_dates=["at"])\ndf.head()',
  'df.groupby("merchant").amount.agg(["count", "sum", "mean"]).sort_values("sum", ascending=False)',
  'x = 1',
  '%timeit df.amount.sum()',
  'def fee(amount, rate=0.012, least=1200, most=45000):\n    """The fee of one transaction."""\n    return min(max(amount * rate, least), most)',
  'fig, ax = plt.subplots(figsize=(12, 4))\ndf.set_index("at").amount.resample("D").sum().plot(ax=ax)\nax.set_title("تراکنش روزانه")',
  Array.from({ length: 40 }, (_, i) => `features["lag_${i}"] = df.amount.shift(${i}).fillna(0)`).join('\n')
];

/** How many cells, from all over the collection, the same ones every time; and where they are from. */
export function ordinaryCells(count) {
  if (!existsSync(SHARED)) return { codes: spread(OWN, count), from: `${OWN.length} cells of the project's own` };
  const lines = gunzipSync(readFileSync(SHARED)).toString().trimEnd().split('\n');
  return { codes: spread(lines, count).map(codeOf), from: 'cells of public notebooks' };
}

// Lab's editor counts a line end as one character and fails where the text has two.
function codeOf(line) {
  return JSON.parse(line).code.replace(/\r\n?/g, '\n');
}

// A step that shares no factor with the length visits every one before any comes again.
function spread(all, count) {
  const step = 7919;
  return Array.from({ length: count }, (_, i) => all[(i * step) % all.length]);
}
