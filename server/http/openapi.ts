import { z } from 'zod';
import { MAX_BATCH_EVENTS, PROBLEMS, SUPPORTED_VERSIONS, type LiveRun, type ProblemType } from '@celltrail/protocol';
import { EXAMPLES, NAMED_SCHEMAS, ROUTES, auditEvent, eventBatch } from '@celltrail/protocol/schemas';
import { changeText } from '../live/stream.js';
import { updateText } from '../live/wall.js';
import { type RouteName } from './route.js';

type Json = Record<string, unknown>;

/** Problems that any route can answer, and those that a route with a query, a body or a role can answer besides. */
const ANY: ProblemType[] = ['host-refused', 'method-not-allowed', 'internal'];
const WITH_QUERY: ProblemType[] = ['field-invalid'];
const OF_DATABASE: ProblemType[] = ['database-unreachable', 'database-busy'];
const WITH_ROLE: ProblemType[] = [
  'not-signed-in',
  'token-refused',
  'too-many-failures',
  'admin-only',
  'origin-refused',
  ...OF_DATABASE
];
const WITH_BODY: ProblemType[] = ['not-json', 'field-invalid', 'body-too-large', 'unsupported-media-type', 'stopping'];
const WITH_BATCH: ProblemType[] = [
  ...WITH_BODY,
  'protocol-unsupported',
  'actor-changed',
  'batch-too-large',
  'overloaded',
  'database-read-only',
  'database-full'
];
/** Problems that some routes can answer besides. */
const OF_ROUTE: Partial<Record<RouteName, ProblemType[]>> = {
  getReady: ['database-unreachable', 'stopping'],
  search: ['search-invalid', 'cursor-invalid'],
  getFacets: ['search-invalid'],
  getActivity: ['cursor-invalid'],
  getPeople: ['cursor-invalid'],
  export: ['search-invalid', 'too-many-exports'],
  getAnomalies: ['cursor-invalid']
};

/** The server's API as OpenAPI 3.1, made of the protocol's routes and schemas. @param version of this server */
export function openApi(version: string): Json {
  const paths: Record<string, Json> = { '/api/live': { get: LIVE }, '/api/v1/live': { get: LIVE_WALL } };
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const { path: route, method } = ROUTES[name];
    const path = templateOf(route);
    paths[path] = { ...paths[path], [method]: operation(name) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Celltrail',
      version,
      description: 'The audit trail of every cell.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: components() }
  };
}

/** A batch with all that is checked of it one step after the other: its version, its size, each event. */
const CHECKED_BATCH = eventBatch.extend({
  protocol: z.literal([...SUPPORTED_VERSIONS]),
  events: z.array(auditEvent).max(MAX_BATCH_EVENTS)
});

const LIVE = {
  operationId: 'getLive',
  summary: "Be told when your record changes: 'change' events, the first one at once. Ask again what you show.",
  'x-role': 'analyst',
  responses: {
    200: streamOf(changeText({ sequence: 41 })),
    ...problems([...ANY, ...WITH_ROLE])
  }
};

const { id, username, notebook_path, cell_number, client, status, timestamp, execution_time_ms } =
  EXAMPLES.getExecution.answer.execution;
const LIVE_RUN: LiveRun = { id, username, notebook_path, cell_number, client, status, timestamp, execution_time_ms };

const LIVE_WALL = {
  operationId: 'getLiveWall',
  summary: "What everyone runs, without code: 'runs' events, each change once, also after a break (Last-Event-ID).",
  'x-role': 'auditor',
  parameters: [
    { name: 'of', in: 'query', required: true, schema: { const: 'everyone' } },
    {
      name: 'after',
      in: 'query',
      required: false,
      description: 'the last id that came, for who can not send Last-Event-ID',
      schema: { type: 'string', maxLength: 10_000 }
    }
  ],
  responses: {
    200: streamOf(
      updateText({ runs: [LIVE_RUN], more: false }, { at: '2026-11-24T08:16:05.402118Z', snapshot: '7541:7541:' })
    ),
    ...problems([...ANY, ...WITH_ROLE, ...WITH_QUERY])
  }
};

function operation(name: RouteName): Json {
  const route = ROUTES[name];
  const query = 'query' in route ? route.query : undefined;
  const body = name === 'postEvents' ? CHECKED_BATCH : 'body' in route ? route.body : undefined;
  const example: { answer: unknown; query?: object; params?: object; body?: unknown } = EXAMPLES[name];
  const named = [
    ...('params' in route ? parameters(route.params, 'path', example.params) : []),
    ...(query ? parameters(query, 'query', example.query) : [])
  ];
  return {
    operationId: name,
    summary: route.says,
    'x-role': route.role,
    ...(named.length && { parameters: named }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: refer(body, 'input'), example: example.body } }
      }
    }),
    responses: {
      200: { description: 'OK', content: contentOf(name) },
      ...problems([
        ...ANY,
        ...WITH_QUERY,
        ...(name === 'postEvents' ? WITH_BATCH : body ? WITH_BODY : []),
        ...('params' in route ? (['not-found'] as const) : []),
        ...(name === 'postSignIn' ? (['token-refused', 'too-many-failures', 'not-found'] as const) : []),
        ...(route.role ? WITH_ROLE : []),
        ...(OF_ROUTE[name] ?? [])
      ])
    }
  };
}

function contentOf(name: RouteName): Json {
  const { answer: example } = EXAMPLES[name];
  const schema = refer(ROUTES[name].answer, 'output');
  if (name !== 'export') return { 'application/json': { schema, example } };
  const { format: shown } = EXAMPLES.export.query;
  return Object.fromEntries(
    Object.entries(ROUTES.export.files).map(([format, type]) => [
      type.split(';')[0]!,
      { schema, ...(format === shown && { example }) }
    ])
  );
}

/** An answer that is a stream of events. @param example one of them */
function streamOf(example: string): Json {
  return {
    description: 'A stream that stays open.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example } }
  };
}

/** A path of the table as OpenAPI writes it: `/api/executions/{id}`. */
export function templateOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** @param example what some of them may be */
function parameters(named: z.ZodObject, where: 'path' | 'query', example: object = {}): Json[] {
  const { properties = {}, required = [] } = refer(named, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
    ...(Object.hasOwn(example, name) && { example: (example as Json)[name] })
  }));
}

function problems(kinds: readonly ProblemType[]): Json {
  const responses: Record<number, Json> = {};
  for (const kind of kinds) {
    const { status, title } = PROBLEMS[kind];
    const known = (responses[status]?.['description'] as string | undefined)?.split(' · ') ?? [];
    responses[status] = {
      description: [...new Set([...known, title])].join(' · '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    };
  }
  return responses;
}

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) names.add(schema, { id });

function components(): Json {
  const { schemas } = z.toJSONSchema(names, { uri: id => `#/components/schemas/${id}`, io: 'input', override });
  for (const schema of Object.values(schemas)) {
    delete schema.$schema;
    delete schema.$id;
  }
  return schemas;
}

/** A schema in which those that have a name are named, not spelled out. */
function refer(schema: z.ZodType, io: 'input' | 'output'): Json {
  const spelledOut = z.toJSONSchema(schema, { metadata: names, io, override });
  const text = JSON.stringify({ ...spelledOut, $schema: undefined, $defs: undefined });
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

/** Keeps descriptions, which another registry than zod's own would lose, and drops what says nothing to a reader. */
function override({
  zodSchema,
  jsonSchema
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  const { description, examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (description) jsonSchema.description ??= description;
  if (examples) jsonSchema.examples ??= examples as never;
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
