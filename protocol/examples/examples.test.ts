import { type z } from 'zod';
import { auditEvent } from '../events.js';
import { executionId } from '../execution-id.js';
import { parseSearch } from '../search-query.js';
import { EXAMPLES, ROUTES } from '../schemas.js';

const names = Object.keys(ROUTES) as (keyof typeof ROUTES)[];

describe('the example of', () => {
  it.each(names)('%s is what the route takes and answers, and nothing else', name => {
    const route: { answer: z.ZodType; query?: z.ZodType; params?: z.ZodType; body?: z.ZodType } = ROUTES[name];
    const example: Record<string, unknown> = EXAMPLES[name];
    // What a schema does not know falls away when it reads, so that what is left shows a name too many.
    expect(route.answer.parse(example['answer'])).toEqual(example['answer']);
    for (const part of ['query', 'params', 'body'] as const) {
      if (route[part]) expect(route[part].parse(example[part])).toMatchObject(example[part] as object);
      else expect(example[part]).toBeUndefined();
    }
  });

  it('every run has the id that follows from its identity', () => {
    const { execution } = EXAMPLES.getExecution.answer;
    expect(execution.id).toBe(executionId(execution.requested_at, execution.kernel_id, execution.msg_id));
  });

  it('a batch holds events that a browser may send', () => {
    for (const event of EXAMPLES.postEvents.body.events) expect(auditEvent.parse(event)).toEqual(event);
  });

  it.each([EXAMPLES.search.query.q, EXAMPLES.getFacets.query.q, EXAMPLES.export.query.q])(
    'a search, %s, can be understood',
    q => expect(parseSearch(q!).fault).toBeUndefined()
  );
});
