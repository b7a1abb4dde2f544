import { type ROUTES } from '../api.js';
import { ANALYTICS_EXAMPLES } from './analytics.js';
import { ANOMALY_EXAMPLES } from './anomalies.js';
import { type Exchanges } from './exchange.js';
import { EXECUTION_EXAMPLES } from './executions.js';
import { INSTALLATION_EXAMPLES } from './installation.js';
import { PEOPLE_EXAMPLES } from './people.js';
import { SEARCH_EXAMPLES } from './search.js';
import { SENDING_EXAMPLES } from './sending.js';

/** Of every route what it may be asked and what it answers to that, for OpenAPI and the docs. */
export const EXAMPLES: Exchanges<keyof typeof ROUTES> = {
  ...SENDING_EXAMPLES,
  ...EXECUTION_EXAMPLES,
  ...SEARCH_EXAMPLES,
  ...ANALYTICS_EXAMPLES,
  ...ANOMALY_EXAMPLES,
  ...PEOPLE_EXAMPLES,
  ...INSTALLATION_EXAMPLES
};
