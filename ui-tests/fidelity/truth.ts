import { existsSync, readFileSync } from 'node:fs';

/** One request as the kernel's own hook wrote it down (truth.py), its lines joined. */
export interface Truth {
  kernel_id: string;
  /** the kernel's process */
  pid: number;
  msg_id: string;
  session_id: string;
  code: string;
  silent: boolean;
  store_history: boolean;
  /** whether the kernel refused to run it because one before it had failed */
  aborted: boolean;
  /** the cell that the request named; null: it named none */
  cell_id: string | null;
  /** Unix seconds of the request's header, by its client's clock */
  requested_at: number;
  /** Unix seconds when the kernel took it up; null when it was refused */
  taken_at: number | null;
  /** Unix seconds when the kernel's handler began; for an aborted one, when it was refused */
  at: number;
  /** ms from the handler's begin to the end of the code; null when the kernel never came to it */
  ran_ms: number | null;
  /** ms from taking the request up to the handler's end. The kernel stamps busy and reply between the two: a loaded machine puts them anywhere in it. */
  took_ms: number | null;
  /** ms from taking the request up until the kernel had said that it is idle */
  idle_ms: number | null;
  status: string | null;
  ename: string | null;
  evalue: string | null;
  count: number | null;
  /** the number that the kernel published beside the code; null when it published none */
  input_count: number | null;
  /** what it displayed until idle; null when the kernel never came to that */
  output: Output | null;
}

/** What a run displayed. */
export interface Output {
  /** MIME types in the order they first appeared */
  types: string[];
  bytes: number;
  /** false where a part is so long that only its characters are counted on record */
  exact: boolean;
}

interface Line {
  kind: 'began' | 'input' | 'ended' | 'idle' | 'aborted';
  kernel_id: string;
  pid: number;
  msg_id: string;
  session_id: string;
  code: string;
  silent: boolean;
  store_history: boolean;
  cell_id: string | null;
  requested_at: number;
  taken_at?: number | null;
  input_count?: number | null;
  output?: Output;
  at: number;
  ran_ms?: number;
  took_ms?: number;
  idle_ms?: number;
  status?: string;
  ename?: string | null;
  evalue?: string | null;
  count?: number | null;
}

/** What the hooks of all kernels wrote so far. A last line that is still being written is left out. */
export function readTruth(path: string): Truth[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const truths = new Map<string, Truth>();
  for (const text of lines) {
    const line = JSON.parse(text) as Line;
    const key = `${line.kernel_id} ${line.msg_id}`;
    truths.set(key, join(truths.get(key), line));
  }
  return [...truths.values()];
}

function join(known: Truth | undefined, line: Line): Truth {
  const base: Truth = known ?? {
    kernel_id: line.kernel_id,
    pid: line.pid,
    msg_id: line.msg_id,
    session_id: line.session_id,
    code: line.code,
    silent: line.silent,
    store_history: line.store_history,
    aborted: false,
    cell_id: line.cell_id,
    requested_at: line.requested_at,
    taken_at: line.taken_at ?? null,
    at: line.at,
    ran_ms: null,
    took_ms: null,
    idle_ms: null,
    status: null,
    ename: null,
    evalue: null,
    count: null,
    input_count: null,
    output: null
  };
  if (line.kind === 'aborted') return { ...base, aborted: true, status: 'aborted' };
  if (line.kind === 'idle') return { ...base, idle_ms: line.idle_ms ?? null, output: line.output ?? null };
  if (line.kind === 'input') return { ...base, input_count: line.input_count ?? null };
  if (line.kind === 'began') return base;
  return {
    ...base,
    ran_ms: line.ran_ms ?? null,
    took_ms: line.took_ms ?? null,
    status: line.status ?? null,
    ename: line.ename ?? null,
    evalue: line.evalue ?? null,
    count: line.count ?? null
  };
}
