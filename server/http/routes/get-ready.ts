import { type Handler } from '../route.js';

/** Whether to send requests here. @param ready resolves when the database answers and its schema is current */
export function getReady(ready: () => Promise<void>): Handler<'getReady'> {
  return async () => {
    await ready();
    return { status: 'ready' };
  };
}
