/** Every kind of problem the server answers: its HTTP status and its title. */
export const PROBLEMS = {
  'not-json': { status: 400, title: 'The body is not JSON' },
  'field-invalid': { status: 400, title: 'A field is not valid' },
  'protocol-unsupported': { status: 400, title: 'This server does not speak that version of the protocol' },
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'token-refused': { status: 401, title: 'That token is not valid' },
  'too-many-failures': { status: 429, title: 'Too many failed attempts to sign in' },
  'admin-only': { status: 403, title: 'Admin only' },
  'origin-refused': { status: 403, title: 'This origin may not use the server' },
  'host-refused': { status: 403, title: 'This host name is not served' },
  'cursor-invalid': { status: 400, title: 'This cursor is not one that the server gave to this question' },
  'search-invalid': { status: 400, title: 'The search can not be understood' },
  'too-many-exports': { status: 429, title: 'Too many exports at once' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'actor-changed': { status: 409, title: 'These events belong to another person than the one signed in' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'batch-too-large': { status: 413, title: 'Too many events in one batch' },
  'event-type-unknown': { status: 400, title: 'An event of a kind this server does not know' },
  'id-mismatch': { status: 400, title: 'The execution id does not follow from its identity' },
  'date-in-future': { status: 400, title: 'A date lies too far in the future' },
  'database-unreachable': { status: 503, title: 'The database does not answer' },
  'database-read-only': { status: 503, title: 'The database takes no writes' },
  'database-full': { status: 503, title: 'The disk of the database is full' },
  'database-busy': { status: 503, title: 'The database is too busy' },
  overloaded: { status: 503, title: 'Too much waits to be stored' },
  stopping: { status: 503, title: 'The server is stopping' },
  internal: { status: 500, title: 'Something is wrong in the server' }
} as const;

/** One of the keys of {@link PROBLEMS}. */
export type ProblemType = keyof typeof PROBLEMS;

/** A problem as it travels. RFC 9457 §3 */
export interface Problem {
  /** `urn:celltrail:` and the kind */
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** path of the field that is wrong, as `events[3].status` */
  field?: string;
  /** what to do about it */
  fix?: string;
  /** id under which the server logged it */
  instance?: string;
  /** with `protocol-unsupported`: what the server speaks */
  supported?: readonly number[];
  /** with a search: where in it, in UTF-16 code units */
  place?: { from: number; to: number };
  /** with `…-too-large`: how much is allowed */
  limit?: number;
}

/** What a problem can say beside its kind. */
export type ProblemDetails = Omit<Problem, 'type' | 'title' | 'status'>;

const PREFIX = 'urn:celltrail:';

/** The wire form of a problem. */
export function describeProblem(kind: ProblemType, details: ProblemDetails = {}): Problem {
  const { status, title } = PROBLEMS[kind];
  return { type: PREFIX + kind, title, status, ...details };
}

/** The kind of a problem that came over the wire, or undefined for one this build does not know. */
export function problemKind(problem: Pick<Problem, 'type'>): ProblemType | undefined {
  const kind = problem.type.startsWith(PREFIX) ? problem.type.slice(PREFIX.length) : '';
  return Object.hasOwn(PROBLEMS, kind) ? (kind as ProblemType) : undefined;
}
