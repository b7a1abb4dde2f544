import { schemaState } from '../../store/migrate.js';
import { type Checker } from '../check.js';

/** Are the tables those that this build needs? */
export const schema: Checker = {
  id: 'schema',
  needsDatabase: true,
  async look({ db }) {
    const { current, pending, unknown } = await schemaState(db);
    const newer = unknown.length > 0;
    return {
      ok: current,
      figures: { count: newer ? unknown.length : pending.length },
      ...(!current && { fix: newer ? 'update_server' : 'migrate' })
    };
  }
};
