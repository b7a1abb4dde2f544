import { type PortalSettings } from '@celltrail/protocol';
import { type Handler } from '../route.js';

/** Tell the portal of its installation. */
export function getPortal(settings: PortalSettings): Handler<'getPortal'> {
  return () => Promise.resolve(settings);
}
