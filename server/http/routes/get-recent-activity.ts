import { type Answers } from '../../answers/answers.js';
import { type Handler } from '../route.js';

/** The caller's last ten runs, in the shape that was wished for. */
export function getRecentActivity(answers: Answers): Handler<'getRecentActivity'> {
  return ({ actor }) => answers.recentActivity(actor.username);
}
