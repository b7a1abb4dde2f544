import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { parseThresholds, THRESHOLDS, type Thresholds } from './anomalies/thresholds.js';
import { LOG_LEVELS } from './log.js';

/** What the server was told, checked. Rooms get values of it, never the environment. */
export interface Config {
  /** connection string of the database; null: the private one in `dataDir` */
  dbConnection: string | null;
  /** addresses to listen on */
  hosts: string[];
  port: number;
  auth: 'loopback' | 'token';
  /** who is on this machine, in the mode that asks nobody */
  user: string;
  admins: string[];
  auditors: string[];
  /** what commands of this machine show a running server, where it asks for a token */
  token: string | null;
  /** other sites whose pages may send events */
  allowedOrigins: string[];
  /** behind the portal's launch button; null: no button */
  labUrl: string | null;
  /** absolute path */
  dataDir: string;
  /** the language an installation prefers; null leaves it to the browser */
  language: 'fa' | 'en' | null;
  logLevel: string;
  /** bytes that bodies of requests may take together */
  maxInFlightBytes: number;
  /** path of the file that says what roles may not touch; null: nothing is forbidden */
  policyFile: string | null;
  /** below which figures nothing is worth an alert; null: nothing is looked for */
  alerts: Thresholds | null;
}

/** One row of {@link SETTINGS}. */
export interface Setting {
  /** the environment variable */
  name: string;
  key: keyof Config;
  /** the text that is read when the variable is missing or empty */
  default: string;
  /** a secret also has a twin `…_FILE`, and its value is never shown */
  secret?: true;
  /** for the docs */
  sentence: string;
  /** @throws Error whose message says what to write instead */
  parse(text: string): Config[keyof Config];
}

/** Faults of the environment, all of them at once. */
export class ConfigError extends Error {
  constructor(readonly faults: { name: string; fix: string }[]) {
    super(faults.map(({ name, fix }) => `${name}: ${fix}`).join('\n'));
    this.name = 'ConfigError';
  }
}

const list = (text: string): string[] => text.split(',').map(item => item.trim()).filter(Boolean); // prettier-ignore

/** Every setting: this table parses the environment and makes the docs. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'AUDIT_DB_CONNECTION',
    key: 'dbConnection',
    default: '',
    secret: true,
    sentence: 'The Postgres (15 or later) to store in; without it a private one runs in AUDIT_DATA_DIR.',
    parse: text => (text ? databaseUrl(text) : null)
  },
  {
    name: 'AUDIT_HOST',
    key: 'hosts',
    default: '127.0.0.1,::1',
    sentence:
      'Addresses to listen on, with commas between. Identity mode loopback takes addresses of this machine only.',
    parse: text => list(text).map(listenAddress)
  },
  { name: 'AUDIT_PORT', key: 'port', default: '8001', sentence: 'The port to listen on.', parse: portNumber },
  {
    name: 'AUDIT_AUTH',
    key: 'auth',
    default: 'loopback',
    sentence:
      'How the server knows who asks. loopback: whoever is on this machine is AUDIT_USER, and admin. token: whoever shows a token of celltrail token create.',
    parse: text => oneOf(text, ['loopback', 'token'])
  },
  {
    name: 'AUDIT_USER',
    key: 'user',
    default: '',
    sentence: 'Whom the mode loopback takes everyone for; the user of the operating system by default.',
    parse: text => username(text || systemUser())
  },
  {
    name: 'AUDIT_ADMINS',
    key: 'admins',
    default: '',
    sentence: 'Users who may do all, with commas between; where their token has a role of its own, that one counts.',
    parse: list
  },
  {
    name: 'AUDIT_AUDITORS',
    key: 'auditors',
    default: '',
    sentence: 'Users who read all and change nothing, with commas between; likewise.',
    parse: list
  },
  {
    name: 'AUDIT_TOKEN',
    key: 'token',
    default: '',
    secret: true,
    sentence: 'The token that celltrail doctor shows the server; in the image, the one that its Lab sends events with.',
    parse: text => text || null
  },
  {
    name: 'AUDIT_ALLOWED_ORIGINS',
    key: 'allowedOrigins',
    default: '',
    sentence:
      "Other sites whose pages may send events, and in identity mode token the portal's own addresses, as https://lab.example, with commas between.",
    parse: text => list(text).map(origin)
  },
  {
    name: 'AUDIT_LAB_URL',
    key: 'labUrl',
    default: '',
    sentence: "Where the portal's launch button leads.",
    parse: text => (text ? webAddress(text).href : null)
  },
  {
    name: 'AUDIT_DATA_DIR',
    key: 'dataDir',
    default: '.celltrail',
    sentence: "The folder of the private database and of the server's own files.",
    parse: text => resolve(text)
  },
  {
    name: 'AUDIT_LANGUAGE',
    key: 'language',
    default: 'auto',
    sentence: "The portal's language: fa or en; auto leaves it to the browser.",
    parse: text => {
      const language = oneOf(text, ['auto', 'fa', 'en']);
      return language === 'auto' ? null : language;
    }
  },
  {
    name: 'AUDIT_POLICY_FILE',
    key: 'policyFile',
    default: '',
    sentence: 'A YAML file of tables, functions, files and hosts that roles may not touch ([how](anomalies.md)).',
    parse: text => (text ? resolve(text) : null)
  },
  {
    name: 'AUDIT_ALERTS',
    key: 'alerts',
    default: Object.entries(THRESHOLDS).map(pair => pair.join('=')).join(','), // prettier-ignore
    sentence:
      'From which figures on something can be an alert, where that is also unusual for the person ([what each is](anomalies.md)); off looks for nothing.',
    parse: parseThresholds
  },
  {
    name: 'AUDIT_MAX_IN_FLIGHT_MB',
    key: 'maxInFlightBytes',
    default: '128',
    sentence:
      'Megabytes that the bodies of requests may take together, 8 at least; beyond it pages are told to come later (503). The memory that they need is about three times that.',
    parse: megabytes
  },
  {
    name: 'AUDIT_LOG_LEVEL',
    key: 'logLevel',
    default: 'info',
    sentence: `What the log tells: ${LOG_LEVELS.join(', ')}.`,
    parse: text => oneOf(text, LOG_LEVELS)
  }
];

/** Names that other parts of Celltrail read from the same environment. */
const READ_ELSEWHERE = ['AUDIT_ENDPOINT'];

/**
 * Reads the environment, once.
 * @returns the configuration, and a sentence for each name that nothing reads
 * @throws ConfigError that lists every fault with its name and its fix
 */
export function readConfig(env: Record<string, string | undefined>): { config: Config; warnings: string[] } {
  const faults: { name: string; fix: string }[] = [];
  const config: Partial<Record<keyof Config, unknown>> = {};
  for (const setting of SETTINGS) {
    try {
      config[setting.key] = setting.parse(textOf(setting, env) || setting.default);
    } catch (error) {
      faults.push({ name: setting.name, fix: (error as Error).message });
    }
  }
  if (config.auth !== 'token')
    for (const host of (config.hosts ?? []) as string[])
      if (!isLoopbackAddress(host)) faults.push({ name: 'AUDIT_HOST', fix: loopbackFix(host) });
  if (faults.length) throw new ConfigError(faults);
  return { config: config as unknown as Config, warnings: warningsFor(env) };
}

function textOf(setting: Setting, env: Record<string, string | undefined>): string {
  const text = env[setting.name]?.trim() ?? '';
  const file = setting.secret && env[`${setting.name}_FILE`];
  if (!file) return text;
  if (text) throw new Error(`set it or ${setting.name}_FILE, not both`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`the file ${file} can't be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}

function warningsFor(env: Record<string, string | undefined>): string[] {
  const known = [...SETTINGS.flatMap(s => (s.secret ? [s.name, `${s.name}_FILE`] : [s.name])), ...READ_ELSEWHERE];
  return Object.keys(env)
    .filter(name => name.startsWith('AUDIT_') && !known.includes(name))
    .map(name => `nothing reads ${name}; did you mean ${nearest(name, known)}?`);
}

function nearest(name: string, known: readonly string[]): string {
  return known.reduce((best, one) => (distance(name, one) < distance(name, best) ? one : best));
}

/** Letters to change, add or drop to make one of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

function databaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Error('write postgresql://user:password@host:5432/database (percent-encode special characters)');
  return text;
}

function listenAddress(host: string): string {
  const name = host === 'localhost' ? '127.0.0.1' : host;
  if (!isIP(name)) throw new Error(`use addresses of this machine, as 127.0.0.1, ::1 or 0.0.0.0, not ${host}`);
  return name;
}

function isLoopbackAddress(host: string): boolean {
  return host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function loopbackFix(host: string): string {
  return `identity mode loopback listens on this machine only: use 127.0.0.1 or ::1, not ${host}; or set AUDIT_AUTH=token`;
}

function megabytes(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 8 || number > 65_536) throw new Error('use a whole number from 8 to 65536');
  return number * 1024 * 1024;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error('use a number from 0 (any free port) to 65535');
  return port;
}

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  if (!allowed.includes(text as T)) throw new Error(`use ${allowed.join(', ')}`);
  return text as T;
}

/** As long as an index of the store can hold, and printable in a log. */
function username(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (text.length > 255 || /[\u0000-\u001f]/.test(text)) throw new Error('use at most 255 printable characters');
  return text;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw new Error('the user of the operating system has no name; set AUDIT_USER', { cause: error });
  }
}

function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`use an address as https://lab.example, not ${text}`);
  return url;
}

function origin(text: string): string {
  const url = webAddress(text);
  if (url.href !== `${url.origin}/`) throw new Error(`use the origin alone: ${url.origin}`);
  return url.origin;
}
