import { type PeopleAnswers } from '../../answers/people.js';
import { type Handlers } from '../route.js';

/** The questions about many people, each for whom the table allows it. */
export function peopleRoutes(
  people: PeopleAnswers
): Pick<Handlers, 'getAllActivity' | 'getPeople' | 'getPerson' | 'getRunning' | 'getCoverage'> {
  return {
    getAllActivity: () => people.allActivity(),
    getPeople: ({ actor, query: { tz, limit, cursor } }) =>
      people.people(actor, { tz: tz ?? null, limit, cursor: cursor ?? null }),
    getPerson: ({ actor, params, query }) => people.person(actor, params.user, query.tz ?? null),
    getRunning: ({ actor }) => people.running(actor),
    getCoverage: () => people.coverage()
  };
}
