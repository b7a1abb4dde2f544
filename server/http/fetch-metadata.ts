/** What a browser says of a request beside its content. W3C Fetch Metadata Request Headers, §2 */
export interface FetchMetadata {
  method: string;
  path: string;
  /** `Sec-Fetch-Site`; undefined from what is no browser, or an old one */
  site?: string;
  /** `Sec-Fetch-Mode` */
  mode?: string;
  /** `Sec-Fetch-Dest` */
  dest?: string;
}

const PORTAL = /^\/($|portal($|\/))/;

/**
 * Whether a request without an `Origin` may pass. A browser leaves `Origin` out of plain loads (an image, a script,
 * a link): from our own pages they are `same-origin`, typed into the address bar `none`. Another site, and another
 * port of this machine is another site's page too, may do one thing: lead a person to the portal.
 */
export function mayPassWithoutOrigin({ method, path, site, mode, dest }: FetchMetadata): boolean {
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  const looks = method === 'GET' || method === 'HEAD';
  return looks && mode === 'navigate' && dest === 'document' && PORTAL.test(path);
}
