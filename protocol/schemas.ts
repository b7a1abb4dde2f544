// Schemas run, so they bring zod along; a browser that only makes events imports types from the index instead.
export { auditEvent, eventBatch, pageState } from './events.js';
export { NAMED_SCHEMAS, ROUTES } from './api.js';
export { EXAMPLES } from './examples/index.js';
export { ROLES } from './roles.js';
