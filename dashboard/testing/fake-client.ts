import {
  type Absence,
  type Analytics,
  type Anomalies,
  type Anomaly,
  type Check,
  type Coverage,
  type ExecutionDetail,
  type Completion,
  type ExecutionSummary,
  type Facets,
  type Me,
  type PeoplePage,
  type PersonDetail,
  type PortalSettings,
  type RunningNow,
  type Review,
  type SearchAnswer,
  type Stats
} from '@celltrail/protocol';
import { type Client, type LiveHandlers, type LiveRunsHandlers } from '@celltrail/protocol/client';

/** What a {@link FakeClient} answers; tests change it as the record would change. An Error is thrown. */
export interface Answers {
  me: Me | Error;
  portal: PortalSettings | Error;
  stats: Stats | Error;
  executions: ExecutionSummary[] | Error;
  checks: Check[] | Error;
  absence: Absence | Error;
  execution: ExecutionDetail | Error;
  people: PeoplePage | Error;
  person: PersonDetail | Error;
  running: RunningNow[] | Error;
  coverage: Coverage | Error;
  search?: SearchAnswer | Error;
  facets?: Facets | Error;
  complete?: Completion | Error;
  analytics?: Analytics | Error;
  anomalies?: Anomalies | Error;
  judge?: Anomaly | Error;
  review?: Review | Error;
}

/** A client without a server: answers at once, and its live stream speaks when the test says so. */
export class FakeClient implements Client {
  readonly asked: string[] = [];
  readonly listeners = new Set<LiveHandlers>();
  readonly walls = new Set<LiveRunsHandlers>();
  private sequence = 0;

  constructor(readonly answers: Answers = { ...EMPTY }) {}

  me = () => this.answer('me');
  portal = () => this.answer('portal');
  stats = (tz?: string) => this.answer('stats', tz);
  recentActivity = () => Promise.resolve([]);
  executions = () => this.answer('executions');
  execution = (id: string) => this.answer('execution', id);
  /** The executions page by page; a cursor is the id of the last one before it. */
  activity = async ({ limit = 50, cursor }: { limit?: number; cursor?: string } = {}) => {
    const list = await this.answer('executions');
    const from = cursor === undefined ? 0 : list.findIndex(({ id }) => id === cursor) + 1;
    const items = list.slice(from, from + limit).map(each => ({ username: 'test_user', ...each }));
    return { items, next: from + limit < list.length ? items.at(-1)!.id : null };
  };
  allActivity = () => Promise.resolve([]);
  people = () => this.answer('people');
  person = (username: string) => this.answer('person', username);
  running = () => this.answer('running');
  coverage = () => this.answer('coverage');
  // A test that signs in says what comes of it.
  signIn = (token: string): Promise<Me> => Promise.reject(new Error(`no test takes ${token}`));
  signOut = (): Promise<void> => Promise.resolve();
  checks = () => this.answer('checks');
  absence = ({ from, to }: { from: string; to: string }) => this.answer('absence', from, to);

  search = ({ q, cursor }: { q: string; cursor?: string }) => this.answer('search', q, cursor ?? '');
  facets = ({ q }: { q: string }) => this.answer('facets', q);
  complete = ({ qualifier, prefix }: { qualifier: string; prefix: string }) =>
    this.answer('complete', qualifier, prefix);
  analytics = (question: object) => this.answer('analytics', JSON.stringify(question));
  anomalies = (question: object) => this.answer('anomalies', JSON.stringify(question));
  judge = (id: string, verdict: string | null, seen: object) => this.answer('judge', id, verdict, JSON.stringify(seen));
  review = ({ day }: { day?: string }) => this.answer('review', day ?? '');

  live = (handlers: LiveHandlers) => {
    this.listeners.add(handlers);
    return () => void this.listeners.delete(handlers);
  };

  liveRuns = (handlers: LiveRunsHandlers) => {
    this.walls.add(handlers);
    return () => void this.walls.delete(handlers);
  };

  /** The server announces a change. */
  change(): void {
    this.sequence += 1;
    for (const each of this.listeners) each.onChange({ sequence: this.sequence });
  }

  /** The stream opens or breaks. */
  connect(connected: boolean): void {
    for (const each of this.listeners) each.onConnected(connected);
  }

  private answer<K extends keyof Answers>(
    name: K,
    ...args: unknown[]
  ): Promise<Exclude<Answers[K], Error | undefined>> {
    this.asked.push([name, ...args].join(' '));
    const answer: unknown = this.answers[name] ?? new Error(`no test answers ${name}`);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(answer as Exclude<Answers[K], Error | undefined>);
  }
}

/** A record that nothing was written to. */
export const EMPTY: Answers = {
  me: { username: 'test_user', role: 'analyst', auth: 'loopback', server_version: '0.1.0' },
  portal: { labUrl: 'http://localhost:8888/lab', language: 'en' },
  stats: { today: 0, total: 0, errors: 0, successRate: null, running: 0, lastEventAt: null },
  executions: [],
  checks: [],
  absence: { begins: '2026-11-24T00:00:00.000Z', ends: '2026-11-25T00:00:00.000Z', figures: [], latest: [], holes: [] },
  execution: new Error('no test answers execution'),
  people: { items: [], next: null },
  person: new Error('no test answers person'),
  running: [],
  coverage: { open: 0, recording: 0, uncovered: [], waiting: [] }
};

/** An execution as the server lists it. @param change what is different from an ordinary one */
export function execution(change: Partial<ExecutionSummary> = {}): ExecutionSummary {
  return {
    id: '0199b3c0-0000-8000-8000-000000000001',
    timestamp: '2026-11-24T08:30:05.123Z',
    notebook_path: 'reports/customers.ipynb',
    cell_number: 1,
    code_preview: 'print("Hello Shaparak!")',
    status: 'success',
    execution_time_ms: 1.204,
    error_message: null,
    client: 'notebook',
    ...change
  };
}
