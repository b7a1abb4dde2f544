export { PROTOCOL_VERSION, SUPPORTED_VERSIONS, isSupportedVersion } from './version.js';
export * from './limits.js';
export * from './status.js';
export { executionId, lowestExecutionId } from './execution-id.js';
export { digestId, observationId } from './observation-id.js';
export { PROBLEMS, describeProblem, problemKind } from './problems.js';
export type { Problem, ProblemDetails, ProblemType } from './problems.js';
export type {
  AuditEvent,
  AuditEventType,
  EventBatch,
  ExecutionEvent,
  OtherEvent,
  PageState,
  Statement
} from './events.js';
export type { LiveRun, LiveRuns } from './live.js';
export type { Absence, Activity, BatchAnswer, Check, EventAnswer, LiveChange, PortalSettings, Stats } from './api.js';
export type { ActivityPage, CellVersion, ExecutionDetail, ExecutionSummary, OwnedSummary } from './executions.js';
export type {
  CaptureState,
  Coverage,
  OpenPage,
  PeoplePage,
  Person,
  PersonDetail,
  RunningNow,
  UserActivity
} from './people.js';
export type { Role } from './roles.js';
export type { Me } from './sign-in.js';
export type { Analytics } from './api-analytics.js';
export type {
  Anomalies,
  Anomaly,
  AnomalyKind,
  AnomalyState,
  Review,
  SeenAlert,
  UnreadReason,
  Verdict
} from './api-anomalies.js';
export type { ExportFormat } from './api-export.js';
export type { Completion, Facets, SearchAnswer, SearchHit, SearchedCode } from './api-search.js';
export { MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS, SEARCH_QUALIFIERS, parseSearch } from './search-query.js';
export type {
  ParsedSearch,
  SearchBound,
  SearchFault,
  SearchFaultReason,
  SearchQualifier,
  SearchTerm
} from './search-query.js';
