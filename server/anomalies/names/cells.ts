/** A cell of IPython, apart: its Python, its SQL, and the words of its shell lines. */
export interface CellParts {
  python: string;
  sql: string[];
  words: string[];
}

const SQL = new Set(['sql', 'bigquery', 'sparksql', 'read_sql']);
const SHELL = new Set(['bash', 'sh', 'script', 'sx', 'system', '!', 'cmd', 'perl', 'ruby']);
/** Magics whose rest of the line is Python. */
const PYTHON_AFTER = new Set(['time', 'timeit', 'prun', 'memit', 'mprun', 'lprun', 'debug']);
const NO_CODE = new Set(['html', 'javascript', 'js', 'latex', 'markdown', 'svg', 'css']);

/** Takes a cell apart. Lines that are no Python become blank, so that all else stays where it is. */
export function partsOf(cell: string): CellParts {
  const whole = /^\s*%%(!|\w+)([^\n]*)(?:\n|$)/.exec(cell);
  if (!whole) return linesOf(cell);
  const [head, magic = '', line = ''] = whole;
  const body = cell.slice(head.length);
  const own = wordsOf(line);
  if (SQL.has(magic)) return { python: '', sql: [body], words: own };
  if (SHELL.has(magic)) return { python: '', sql: [], words: [...own, ...wordsOf(body)] };
  if (NO_CODE.has(magic)) return { python: '', sql: [], words: own };
  const parts = linesOf(body);
  return { ...parts, words: [...own, ...parts.words] };
}

function linesOf(code: string): CellParts {
  const sql: string[] = [];
  const words: string[] = [];
  const python = code.replace(
    /^(?:[ \t]*|[\w, \t]+=[ \t]*)(?:!(?!=)|%(\w+)\b)([^\n]*)$/gm,
    (_, magic: string | undefined, rest: string) => {
      if (magic && PYTHON_AFTER.has(magic)) return rest.trimStart();
      if (magic && SQL.has(magic)) sql.push(rest);
      else words.push(...wordsOf(rest));
      return '';
    }
  );
  return { python, sql, words };
}

function wordsOf(line: string): string[] {
  return line.split(/[\s'"`=<>|;&(),{}]+/).filter(Boolean);
}
