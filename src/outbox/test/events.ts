import type { AuditEvent } from '@celltrail/protocol';

/** The page that the events of these tests come from. */
export const PAGE_ID = '11111111-1111-4111-8111-111111111111';

/** Some event, the `seq`-th of its page. */
export function someEvent(seq: number, pageId = PAGE_ID, reason = 'test'): AuditEvent {
  return {
    type: 'capture.gap',
    id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    observed_at: '2026-11-24T10:00:00.000Z',
    page_id: pageId,
    page_seq: seq,
    reason
  };
}
