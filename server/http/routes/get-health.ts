import { type Handler } from '../route.js';

/** The process lives: nothing else is asked, so that an orchestrator never restarts it for a database's fault. */
export const getHealth: Handler<'getHealth'> = () => Promise.resolve({ status: 'ok' });
