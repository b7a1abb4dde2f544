import { ROUTES } from '@celltrail/protocol/schemas';
import { type Exports } from '../../answers/export/export.js';
import { Download } from '../download.js';
import { type Handler } from '../route.js';

/** What a search finds, as a file. */
export function exportRuns(exports: Pick<Exports, 'begin'>): Handler<'export'> {
  return async ({ actor, query: { format, q, tz, after } }) => {
    const { name, parts } = await exports.begin(actor, { format, q, tz: tz ?? null, after: after ?? null });
    return new Download(name, ROUTES.export.files[format], parts);
  };
}
