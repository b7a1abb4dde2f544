import { type ExecutionAnswers } from '../../answers/executions.js';
import { type Handler } from '../route.js';

/** One run whole, to whoever may see it. */
export function getExecution(executions: ExecutionAnswers): Handler<'getExecution'> {
  return ({ actor, params }) => executions.detail(actor, params.id.toLowerCase());
}
