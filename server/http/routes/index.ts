import { type Check, type PortalSettings } from '@celltrail/protocol';
import { type AskAnalytics } from '../../answers/analytics/analytics.js';
import { type Answers } from '../../answers/answers.js';
import { type ExecutionAnswers } from '../../answers/executions.js';
import { type PeopleAnswers } from '../../answers/people.js';
import { type Exports } from '../../answers/export/export.js';
import { type Searches } from '../../answers/search/search.js';
import { type Inbox } from '../../anomalies/inbox.js';
import { type Actor } from '../../identity/actor.js';
import { type IdentityMode } from '../../identity/mode.js';
import { type Handlers } from '../route.js';
import { getActivity } from './get-activity.js';
import { getAnomalies, getReview, postVerdict } from './anomalies.js';
import { getAbsence } from './get-absence.js';
import { getAnalytics } from './get-analytics.js';
import { getChecks } from './get-checks.js';
import { getExecution } from './get-execution.js';
import { getExecutions } from './get-executions.js';
import { getHealth } from './get-health.js';
import { getMe } from './get-me.js';
import { getPortal } from './get-portal.js';
import { getReady } from './get-ready.js';
import { getRecentActivity } from './get-recent-activity.js';
import { getStats } from './get-stats.js';
import { peopleRoutes } from './people.js';
import { postEvents, type Accept } from './post-events.js';
import { signInRoutes } from './sign-in.js';
import { exportRuns } from './export.js';
import { complete, getFacets, search, searchCode } from './search.js';

/** What the routes ask of the rooms behind them. */
export interface UseCases {
  accept: Accept;
  answers: Answers;
  executions: ExecutionAnswers;
  people: PeopleAnswers;
  searches: Searches;
  exports: Pick<Exports, 'begin'>;
  analytics: AskAnalytics;
  inbox: Inbox;
  checks: (actor: Actor) => Promise<Check[]>;
  /** resolves when the database answers and its schema is current, else throws the problem */
  ready: () => Promise<void>;
  portal: PortalSettings;
}

/** The handler of each route in the protocol's table. */
export function createHandlers(cases: UseCases, identity: IdentityMode): Handlers {
  return {
    postEvents: postEvents(cases.accept),
    getMe: getMe(identity),
    getPortal: getPortal(cases.portal),
    getStats: getStats(cases.answers),
    getRecentActivity: getRecentActivity(cases.answers),
    getExecutions: getExecutions(cases.answers),
    getAbsence: getAbsence(cases.answers),
    getChecks: getChecks(cases.checks),
    search: search(cases.searches),
    getFacets: getFacets(cases.searches),
    searchCode: searchCode(cases.searches),
    complete: complete(cases.searches),
    export: exportRuns(cases.exports),
    getAnalytics: getAnalytics(cases.analytics),
    getAnomalies: getAnomalies(cases.inbox),
    postVerdict: postVerdict(cases.inbox),
    getReview: getReview(cases.inbox),
    getHealth,
    getReady: getReady(cases.ready),
    getExecution: getExecution(cases.executions),
    getActivity: getActivity(cases.executions),
    ...peopleRoutes(cases.people),
    ...signInRoutes(identity)
  };
}
