import { type Answers } from '../../answers/answers.js';
import { type Handler } from '../route.js';

/** What is known to be missing: the caller's own, or everyone's for those who may read all. */
export function getAbsence(answers: Answers): Handler<'getAbsence'> {
  return ({ actor, query: { from, to, tz } }) =>
    answers.absence(actor.role === 'analyst' ? actor.username : null, {
      from: from ?? null,
      to: to ?? null,
      tz: tz ?? null
    });
}
