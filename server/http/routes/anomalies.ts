import { ROUTES } from '@celltrail/protocol/schemas';
import { type Inbox } from '../../anomalies/inbox.js';
import { inZone } from '../../answers/time-zone.js';
import { ownOnly } from '../../identity/actor.js';
import { problem } from '../../problems.js';
import { type Handler } from '../route.js';
import { valid } from '../validate.js';

/** What is out of the ordinary: about the caller, or about everyone for those who may read all. */
export function getAnomalies(inbox: Inbox): Handler<'getAnomalies'> {
  return async ({ actor, query: { user, kind, cursor, state, limit } }) => {
    const own = ownOnly(actor);
    if (own !== null && user !== undefined && user !== own) throw problem('admin-only', { field: 'user' });
    return inbox.list(
      own ?? user ?? null,
      { state, limit, kind: kind ?? null, cursor: cursor ?? null },
      actor.username
    );
  };
}

/** Keep what a reviewer says of an alert. */
export function postVerdict(inbox: Inbox): Handler<'postVerdict'> {
  return async ({ actor, params, body }) => {
    const { verdict, comment, seen } = valid(ROUTES.postVerdict.body, body, 'body');
    if (comment?.includes('\0'))
      throw problem('field-invalid', { field: 'comment', detail: 'it holds a NUL character' });
    return inbox.judge(params.id, { verdict, comment: comment ?? null, seen: seen ?? null, said_by: actor.username });
  };
}

/** A day's review. */
export function getReview(inbox: Inbox): Handler<'getReview'> {
  return ({ query: { day, tz } }) => inZone(tz ?? null, () => inbox.review(day ?? null, tz ?? null));
}
