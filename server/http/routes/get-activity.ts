import { type ExecutionAnswers } from '../../answers/executions.js';
import { type Handler } from '../route.js';

/** A feed page by page: the caller's own, or another's for those who may read all. */
export function getActivity(executions: ExecutionAnswers): Handler<'getActivity'> {
  return ({ actor, query: { user, limit, cursor } }) =>
    executions.activity(actor, { user: user ?? null, limit, cursor: cursor ?? null });
}
