import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { type Role } from '@celltrail/protocol';
import { ROLES } from '@celltrail/protocol/schemas';
import { type Names } from './names/names.js';

const list = z.array(z.string().min(1)).default([]);
const rule = z.strictObject({
  name: z.string().min(1),
  /** roles that it holds for; everyone by default */
  roles: z.array(z.enum(ROLES)).default([...ROLES]),
  /** people it does not hold for */
  except: list,
  tables: list,
  functions: list,
  files: list,
  hosts: list
});
const policy = z.strictObject({ rules: z.array(rule) });

/** What roles may not touch. In names `*` stands for anything; one that begins with `!` takes back what others forbid. */
export type Policy = z.infer<typeof policy>['rules'];

/** A policy that can't be used. Its message says the file, the line and the field. */
export class PolicyError extends Error {}

/**
 * Reads a policy file. @param path null: there is none, and nothing is forbidden
 * @throws PolicyError
 */
export function readPolicy(path: string | null): Policy {
  if (path === null) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new PolicyError(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
  return parsePolicy(text, path);
}

function parsePolicy(text: string, path: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = document.errors;
  if (fault) throw new PolicyError(`${path}, line ${lines.linePos(fault.pos[0]).line}: ${fault.message}`);
  const read = policy.safeParse(document.toJS());
  if (read.success) return read.data.rules;
  const [issue] = read.error.issues;
  const unknown = issue!.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue!.path as (string | number)[]), ...(unknown === undefined ? [] : [unknown])];
  const line = lineOf(document, lines, field);
  const names = field.map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  throw new PolicyError(`${path}, line ${line}: ${names.slice(1) || 'the file'}: ${issue!.message}`);
}

/** The line of a field, or of the nearest part around it that is there. */
function lineOf(document: Document, lines: LineCounter, field: readonly (string | number)[]): number {
  for (let length = field.length; length > 0; length--) {
    const node = document.getIn(field.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

const KINDS = ['tables', 'functions', 'files', 'hosts'] as const;

type Kind = (typeof KINDS)[number];

/** Says which of a code's names are forbidden. */
export type Forbids = (names: Pick<Names, Kind>) => string[];

/** What the rules forbid a person: made once, for many codes. */
export function forbiddenBy(rules: Policy, { username, role }: { username: string; role: Role }): Forbids {
  const mine = rules
    .filter(({ roles, except }) => roles.includes(role) && !except.includes(username))
    .flatMap(each => KINDS.map(kind => ({ kind, forbids: listOf(each[kind], kind) })));
  return names => [...new Set(mine.flatMap(({ kind, forbids }) => names[kind].filter(forbids)))];
}

function listOf(patterns: readonly string[], kind: Kind): (name: string) => boolean {
  const takesBack = (pattern: string) => pattern.startsWith('!');
  const forbidden = anyOf(patterns.filter(pattern => !takesBack(pattern)), kind); // prettier-ignore
  const takenBack = anyOf(patterns.filter(takesBack).map(pattern => pattern.slice(1)), kind); // prettier-ignore
  return name => forbidden(name) && !takenBack(name);
}

/** A table is meant with whatever schema before it. Letters count whatever their case, but in a path. */
function anyOf(patterns: readonly string[], kind: Kind): (name: string) => boolean {
  const spelled = (text: string) => (kind === 'files' ? text : text.toLowerCase());
  const all = patterns.map(spelled);
  const exact = new Set(all.filter(pattern => !pattern.includes('*')));
  const open = all.filter(pattern => pattern.includes('*'));
  return name => {
    const whole = spelled(name);
    const bare = kind === 'tables' ? whole.slice(whole.lastIndexOf('.') + 1) : whole;
    if (exact.has(whole) || exact.has(bare)) return true;
    return open.some(pattern => like(pattern, pattern.includes('.') ? whole : bare));
  };
}

/** Whether a name is as a pattern with stars says, in one pass. */
function like(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    at = name.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return at <= name.length - last.length;
}
