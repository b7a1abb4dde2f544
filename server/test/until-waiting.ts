import { type FreshDatabase } from './databases.js';

/** Resolves when some connection waits for a lock. */
export async function untilWaiting(fresh: FreshDatabase): Promise<void> {
  for (;;) {
    // Within a transaction the view stays as it was first seen.
    await fresh.query('SELECT pg_stat_clear_snapshot()');
    const rows = await fresh.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    );
    if (rows.length) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
