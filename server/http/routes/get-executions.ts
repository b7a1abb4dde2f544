import { type Answers } from '../../answers/answers.js';
import { type Handler } from '../route.js';

/** The caller's last runs, with what the portal shows of each. */
export function getExecutions(answers: Answers): Handler<'getExecutions'> {
  return ({ actor, query }) => answers.executions(actor.username, query.limit);
}
