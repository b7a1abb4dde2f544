import { type Answers } from '../../answers/answers.js';
import { type Handler } from '../route.js';

/** The caller's own figures. */
export function getStats(answers: Answers): Handler<'getStats'> {
  return ({ actor, query }) => answers.stats(actor.username, query.tz ?? null);
}
