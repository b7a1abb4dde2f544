import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Failure } from '../failure.mjs';

/** The project's own cells, from public notebooks; their licences lie beside them. */
export const OWN_CELLS = fileURLToPath(new URL('./cells.jsonl.gz', import.meta.url));

/**
 * Notebooks of cells: what people run one after the other.
 * @param {string} path of a file with a JSON a line, gzipped: `repo`, `path`, `code`
 * @returns {string[][]} the codes of each notebook
 * @throws {Failure}
 */
export function readNotebooks(path) {
  try {
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
    const notebooks = new Map();
    for (const line of lines) {
      const { repo, path: name, code } = JSON.parse(line);
      const key = `${repo} ${name}`;
      if (!notebooks.has(key)) notebooks.set(key, []);
      notebooks.get(key).push(code.replaceAll('\0', ''));
    }
    return [...notebooks.values()];
  } catch (error) {
    throw new Failure(`The cells in ${path} can't be read (${error.message}).`, 'Name a gzipped file of JSON lines.');
  }
}

const COMMENTS = [
  'بررسی تراکنش‌های مشکوک', 'این سلول را دوباره اجرا کن', 'TODO: پاک شود', 'گزارش ماهانه فروش', 'محاسبه کارمزد پذیرندگان',
  'فقط برای آزمایش', 'داده‌های روز قبل', 'check again with the new data', 'tmp', 'works now', 'جمع کل مبلغ به ریال'
]; // prettier-ignore

const OWN = [
  'df = db.get_transactions()\ndf.head()',
  'customers = db.get_customers()\ncustomers.shape',
  'db.query("SELECT merchant_id, sum(amount) FROM transactions GROUP BY merchant_id ORDER BY 2 DESC LIMIT 20")',
  'db.query("SELECT date, count(*) FROM transactions WHERE status = \'failed\' GROUP BY date")',
  'مبلغ = df["amount"].sum()\nprint("جمع کل:", مبلغ)',
  'df.groupby("terminal_id")["amount"].agg(["sum", "count"]).sort_values("sum", ascending=False).head(۱۰)',
  'sns.heatmap(df.corr(numeric_only=True))\nplt.title("همبستگی")'
];

/** What one of the company would run where others run a lesson's cell. */
export const companyCell = random => random.pick(OWN);

/** Reading card numbers, which a policy forbids. */
export const forbiddenCell = random =>
  random.pick([
    'db.query("SELECT pan, expiry FROM card_holders LIMIT 1000")',
    'cards = db.get_cards()\ncards.to_csv("cards.csv")',
    'rows = db.query(f"""SELECT c.pan, t.amount FROM card_holders c JOIN transactions t USING (customer_id)""")'
  ]);

const TABLES = 'accounts salaries employees contracts branches audit_log payments refunds disputes devices sessions contacts limits loans cheques invoices vendors tickets'.split(' '); // prettier-ignore

/** Looking into tables that the person never needed before. */
export const exploringCell = random => `db.query("SELECT * FROM ${random.pick(TABLES)} LIMIT 100")`;

/** A code as people change it before they run it again: a number, a comment, a line less. */
export function edit(code, random) {
  switch (random.whole(0, 2)) {
    case 0:
      return code.replace(/\d+/, () => String(random.whole(1, 9999)));
    case 1:
      return `${code}\n# ${random.pick(COMMENTS)} ${random.whole(1, 999)}`;
    default: {
      const lines = code.split('\n');
      if (lines.length > 2) lines.splice(random.whole(0, lines.length - 1), 1);
      return `${lines.join('\n')}\nprint(${random.whole(1, 99_999)})`;
    }
  }
}
