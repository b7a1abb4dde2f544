/**
 * The names by which a machine reaches itself, as they stand in `Host` and in an origin. All of 127.0.0.0/8 is this
 * machine, and no name that somebody can register has only digits in its last label. RFC 3696 §2
 */
const LOOPBACK_NAME = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i;

/** Whether a host name, without its port, is this machine's own. IPv6 in brackets. */
export function isLoopbackName(name: string): boolean {
  return LOOPBACK_NAME.test(name);
}

/**
 * A `Host` header in its two parts.
 * @returns undefined when it isn't `name` or `name:port`: such a request was not made by a browser of ours
 */
export function splitHost(host: string): { name: string; port: number | null } | undefined {
  const parts = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s/@]+)(?::(\d{1,5}))?$/.exec(host);
  if (!parts) return undefined;
  return { name: parts[1]!.toLowerCase(), port: parts[2] === undefined ? null : Number(parts[2]) };
}

/**
 * An origin in the form in which twins are equal: `localhost`, `127.0.0.1` and `[::1]` of one scheme and port are
 * the same machine, and a person types any of them.
 * @returns undefined for what is no origin, `null` among it
 */
export function originKey(origin: string): string | undefined {
  if (!URL.canParse(origin)) return undefined;
  const url = new URL(origin);
  if (url.origin === 'null') return undefined;
  if (!isLoopbackName(url.hostname)) return url.origin;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `${url.protocol}//loopback:${port}`;
}
