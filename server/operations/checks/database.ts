import { databaseFacts } from '../../store/database-facts.js';
import { isUnreachable } from '../../store/unreachable.js';
import { type Checker, type Finding } from '../check.js';

/** Does the server reach its database? */
export const database: Checker = {
  id: 'database',
  needsDatabase: false,
  async look({ db }): Promise<Finding> {
    try {
      const { name, version } = await databaseFacts(db);
      return { ok: true, figures: { database: name, version } };
    } catch (error) {
      return { ok: false, figures: { reason: reason(error) }, fix: 'reach_database' };
    }
  }
};

/** Why, without what a stranger should not read: an address is enough, a login is too much. */
function reason(error: unknown): string {
  const { code } = error as { code?: string };
  if (isUnreachable(error)) return code ?? 'no connection';
  return code ? `SQLSTATE ${code}` : 'an unknown error';
}
