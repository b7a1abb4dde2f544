import { MAX_BATCH_EVENTS } from '@celltrail/protocol';
import { type ProblemError } from '../../problems.js';
import { postEvents, readBatch } from './post-events.js';

function fault(body: unknown): unknown {
  try {
    readBatch(body);
  } catch (error) {
    return (error as ProblemError).toProblem();
  }
  return undefined;
}

describe('the envelope of a batch', () => {
  it('is read without judging the events in it', () => {
    const body = { protocol: 1, events: [{ type: 'nonsense' }, 5, null] };
    expect(readBatch(body).events).toEqual(body.events);
  });

  it('may be empty: that is a heartbeat', () => {
    const page = {
      page_id: '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11',
      extension_version: '0.1.0',
      capturing: true,
      waiting: 0,
      refused: 0
    };
    expect(readBatch({ protocol: 1, page, events: [] })).toMatchObject({ page });
  });

  it.each<[string, unknown, object]>([
    ['a body that is no object', [], { field: 'body' }],
    ['null', null, { field: 'body' }],
    ['no version', { events: [] }, { field: 'protocol' }],
    ['a version that is no number', { protocol: '1', events: [] }, { field: 'protocol' }],
    ['no events', { protocol: 1 }, { field: 'events' }],
    ['events that are no array', { protocol: 1, events: {} }, { field: 'events' }],
    ['a page without an id', { protocol: 1, page: {}, events: [] }, { field: 'page.page_id' }]
  ])('is refused with %s', (_, body, problem) => {
    expect(fault(body)).toMatchObject({ type: 'urn:celltrail:field-invalid', status: 400, ...problem });
  });

  it('of a newer version is answered with the versions that are spoken, whatever else it holds', () => {
    expect(fault({ protocol: 99, happenings: [] })).toMatchObject({
      type: 'urn:celltrail:protocol-unsupported',
      supported: [1]
    });
  });

  it('with too many events is answered with the limit', () => {
    const events = Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => ({}));
    expect(fault({ protocol: 1, events })).toMatchObject({
      type: 'urn:celltrail:batch-too-large',
      status: 413,
      limit: MAX_BATCH_EVENTS
    });
  });
});

const NOTHING = {
  query: {},
  params: {},
  session: { value: undefined, address: '127.0.0.1', set: () => undefined, clear: () => undefined }
};

describe('postEvents', () => {
  const actor = { username: 'ali', role: 'analyst' } as const;

  it('stores for the one who is signed in, whatever the body says', async () => {
    const accept = jest.fn().mockResolvedValue([{ outcome: 'stored' }]);
    const body = { protocol: 1, actor: 'ali', username: 'sara', events: [{}] };
    expect(await postEvents(accept)({ actor, ...NOTHING, body })).toEqual({ answers: [{ outcome: 'stored' }] });
    expect(accept).toHaveBeenCalledWith(actor, expect.objectContaining({ events: [{}] }));
  });

  it("refuses a batch of another person's events", async () => {
    const accept = jest.fn();
    const refused = postEvents(accept)({ actor, ...NOTHING, body: { protocol: 1, actor: 'sara', events: [{}] } });
    await expect(refused).rejects.toMatchObject({ kind: 'actor-changed' });
    expect(accept).not.toHaveBeenCalled();
  });
});
