import { missingPartitions } from '../../store/missing-partitions.js';
import { type Checker } from '../check.js';

/** Is there a place for what comes? Without one it lands in the default partition: kept, but in the way later. */
export const partitions: Checker = {
  id: 'partitions',
  needsDatabase: true,
  async look({ db }) {
    const months = await missingPartitions(db);
    return months.length ? { ok: false, figures: { months: months.join(', ') }, fix: 'make_partitions' } : { ok: true };
  }
};
