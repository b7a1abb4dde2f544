import type { MessageKey, Translate } from '@celltrail/protocol/locales';
import type { Standing } from '../standing.js';

/** A part of a line. `code` runs left to right whatever stands around it; a `name` in its own direction. */
export interface Segment {
  kind: 'text' | 'code' | 'name';
  text: string;
}

/** A line of the banner; one without segments is blank. */
export type Line = readonly Segment[];

/** What the banner tells of. */
export interface BannerSubject {
  /** the configured lines; empty: the language's own five */
  lines: readonly string[];
  username: string;
  standing: Standing;
}

const OWN_LINES: readonly MessageKey[] = [
  'banner.line.system',
  'banner.line.user',
  'banner.line.database',
  'banner.line.recorded',
  'banner.line.forbidden'
];

const LAST_LINE: Readonly<Record<Standing, MessageKey>> = {
  recording: 'banner.active',
  off: 'banner.off',
  connecting: 'banner.connecting',
  unreachable: 'banner.unreachable',
  refused: 'banner.refused',
  expired: 'banner.expired',
  full: 'banner.full',
  storage: 'banner.storage',
  fault: 'banner.fault'
};

/** The banner's lines: the configured ones, a blank one, and how recording really stands. */
export function bannerLines(t: Translate, { lines, username, standing }: BannerSubject): Line[] {
  const own = lines.length > 0 ? lines : OWN_LINES.map(key => t(key));
  return [...own.map(line => segments(line, username)), [], [{ kind: 'text', text: t(LAST_LINE[standing]) }]];
}

/** The lines as plain text. */
export function bannerText(lines: readonly Line[]): string {
  return lines.map(line => line.map(({ text }) => text).join('')).join('\n');
}

/** A line in parts: `{user}` filled in, and calls such as `db.query(sql)` set apart, a list of them as one. */
export function segments(line: string, username: string): Line {
  return line.split('{user}').flatMap((part, index): Segment[] => {
    const name: Segment[] = index === 0 ? [] : [{ kind: 'name', text: username }];
    return [...name, ...splitCalls(part)];
  });
}

// In a right-to-left line the closing bracket of `db.query(sql)` would jump to the other end, and a list of calls
// would read backwards. The bounds keep a long configured line from being slow.
const CALL = String.raw`[A-Za-z_][\w.]{0,100}\([^()]{0,100}\)`;
const CALLS = new RegExp(`(${CALL}(?:, ?${CALL}){0,20})`);

function splitCalls(part: string): Segment[] {
  return part
    .split(CALLS)
    .map((text, index): Segment => ({ kind: index % 2 === 1 ? 'code' : 'text', text }))
    .filter(({ text }) => text !== '');
}
