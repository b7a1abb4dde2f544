import { PROBLEMS } from '@celltrail/protocol';
import { EXAMPLES, NAMED_SCHEMAS, ROUTES } from '@celltrail/protocol/schemas';
import { openApi, templateOf } from './openapi.js';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties: Record<string, { items?: object }> } }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}
const document = openApi('1.2.3') as unknown as Document;
const operations = Object.values(document.paths).flatMap(path => Object.values(path));

function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const child of Object.values(value)) yield* nodes(child);
}

describe('the OpenAPI document', () => {
  it('says its version and the server’s', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info.version).toBe('1.2.3');
  });

  it.each(Object.entries(ROUTES))('names the route %s', (name, { path, method, says }) => {
    expect(document.paths[templateOf(path)]?.[method]).toMatchObject({ operationId: name, summary: says });
  });

  it('names the live stream', () => {
    expect(document.paths['/api/live']?.['get']?.responses['200']?.content).toHaveProperty('text/event-stream');
  });

  it.each(operations)('shows an example of what $operationId takes and answers', ({ requestBody, responses }) => {
    const shown = Object.values(responses['200']!.content).filter(content => 'example' in content);
    expect(shown).toHaveLength(1);
    for (const content of Object.values(requestBody?.content ?? {})) expect(content).toHaveProperty('example');
  });

  it.each(Object.keys(NAMED_SCHEMAS))('names the schema %s', name => {
    expect(document.components.schemas).toHaveProperty(name);
  });

  it('refers to nothing that is not there', () => {
    const refs = [...nodes(document)].flatMap(node => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(ref.split('/').at(-1)!);
    }
  });

  it('gives every operation an id of its own, an answer and its problems', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { responses } of operations) {
      expect(responses).toHaveProperty('200');
      const faults = Object.entries(responses).filter(([status]) => status >= '400');
      expect(faults.length).toBeGreaterThan(1);
      for (const [, { content }] of faults) expect(Object.keys(content)).toEqual(['application/problem+json']);
    }
  });

  it('tells of every kind of problem that a batch can be answered', () => {
    const { responses } = document.paths['/api/events']!['post']!;
    const told = Object.values(responses).map(({ description }) => description);
    for (const kind of ['not-json', 'field-invalid', 'protocol-unsupported', 'batch-too-large', 'stopping'] as const) {
      expect(told.join('\n')).toContain(PROBLEMS[kind].title);
    }
  });

  it('spells out what is taken in a batch', () => {
    const body = document.paths['/api/events']!['post']!.requestBody!.content['application/json']!.schema;
    expect(body.properties['events']).toMatchObject({
      items: { $ref: '#/components/schemas/AuditEvent' },
      maxItems: 500
    });
    expect(body.properties['protocol']).toMatchObject({ const: 1 });
  });

  it('says which files an export is, with an example of a search', () => {
    const { responses, parameters } = document.paths['/api/export']!['get']!;
    expect(Object.keys(responses['200']!.content)).toEqual(Object.values(ROUTES.export.files).map(type => type.split(';')[0])); // prettier-ignore
    expect(parameters!.find(({ name }) => name === 'q')).toMatchObject({ example: 'status:error created:2026-11-01..2026-11-24' }); // prettier-ignore
    expect(responses['200']!.content).toHaveProperty(['application/x-ndjson', 'example'], EXAMPLES.export.answer);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '429']));
  });

  it('gives parameters their limits and descriptions', () => {
    expect(document.paths['/api/v1/executions']!['get']!.parameters).toEqual([
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
        example: 2
      }
    ]);
    expect(document.paths['/api/stats']!['get']!.parameters).toMatchObject([
      { name: 'tz', description: expect.stringContaining('IANA') as string }
    ]);
  });
});
