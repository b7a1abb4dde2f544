import { posix } from 'node:path';

/** A URL's scheme, host and path; who signs in with it is left out. */
const URLS =
  /\b([a-z][a-z0-9+.-]{0,20}):\/\/(?:[^\s/@]{0,200}@)?([^\s/:?#'"@]{0,255})(?::\d{1,5})?([^\s?#'"]{0,2000})/gi;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const LONGEST_PATH = 1000;

/** Files and hosts that a text names: paths, and the hosts of URLs; of `file:` the path, of `s3:` and its like both. */
export function placesIn(text: string): { files: string[]; hosts: string[] } {
  const files: string[] = [];
  const hosts: string[] = [];
  for (const [, scheme, host, path] of text.matchAll(URLS)) {
    if (host) hosts.push(host.toLowerCase());
    if (scheme!.toLowerCase() === 'file') files.push(cleanPath(path!));
    else if (host) files.push(`${scheme!.toLowerCase()}://${host}${path}`);
  }
  if (ADDRESS.test(text)) hosts.push(text);
  else if (isPath(text)) files.push(cleanPath(text));
  return { files, hosts };
}

function isPath(text: string): boolean {
  if (text.length > LONGEST_PATH || text.includes('://') || /[\n\r]/.test(text)) return false;
  if (/^(?:[/~]|\.{1,2}[/\\]|[a-z]:[\\/])/i.test(text)) return true;
  return !/\s/.test(text) && (/[/\\]/.test(text) || /[^.\d]\.[a-z]\w{0,9}$/i.test(text));
}

/** One spelling of a path: `/data//x/../cards.csv` is `/data/cards.csv`. */
function cleanPath(path: string): string {
  return posix.normalize(path.replaceAll('\\', '/'));
}
