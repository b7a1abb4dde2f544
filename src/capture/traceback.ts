import { MAX_ERROR_MESSAGE_LENGTH, MAX_TRACEBACK_LENGTH } from '@celltrail/protocol';

// ECMA-48: CSI … final byte; OSC, DCS, SOS, PM, APC … up to BEL or ST; two-byte escapes; the one-byte C1 forms.
const ANSI =
  // eslint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]/g;

/** Text without terminal codes: colours, cursor movements, hyperlinks, titles. */
export function stripAnsi(text: string): string {
  return text.includes('\u001b') || /[\u0090-\u009f]/.test(text) ? text.replace(ANSI, '') : text;
}

/** What a kernel says of a failure, in a reply or an `error` message. */
export interface Failure {
  ename: string;
  evalue: string;
  /** lines, each of which may hold several */
  traceback: readonly string[];
}

/** The error fields of an event. */
export interface ErrorFields {
  error_name: string | null;
  /** `ename: evalue` */
  error_message: string;
  error_traceback: string | null;
  error_traceback_length: number | null;
}

/** How much of a traceback is looked at: past it even reading for ANSI codes would be felt. UTF-16 code units. */
const LOOKED_AT = 4 * MAX_TRACEBACK_LENGTH;

/** A name as people know it: xeus-python writes `<class 'ZeroDivisionError'>`. */
export function errorName(ename: string): string {
  return /^<class '(?:.*\.)?([^'.]+)'>$/.exec(ename)?.[1] ?? ename;
}

/**
 * The error fields of an event: no ANSI codes, bounded. A message that was cut says so; the traceback keeps its
 * end, where the error is, and its true length (of the text as the kernel sent it) travels beside it.
 */
export function errorFields(failure: Failure): ErrorFields {
  const name = stripAnsi(errorName(failure.ename)).slice(0, 200);
  const message = [name, stripAnsi(cut(failure.evalue, LOOKED_AT))].filter(Boolean).join(': ');
  const length = failure.traceback.reduce((sum, line) => sum + line.length + 1, -1);
  const traceback = stripAnsi(tail(failure.traceback, LOOKED_AT));
  return {
    error_name: name || null,
    error_message: cut(message, MAX_ERROR_MESSAGE_LENGTH),
    error_traceback: failure.traceback.length ? traceback.slice(-MAX_TRACEBACK_LENGTH) : null,
    error_traceback_length: failure.traceback.length ? length : null
  };
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const note = ` … (${text.length} characters)`;
  return text.slice(0, limit - note.length) + note;
}

/** The last `limit` code units of lines joined by line breaks, without joining what is not kept. */
function tail(lines: readonly string[], limit: number): string {
  const kept: string[] = [];
  let room = limit;
  for (let i = lines.length - 1; i >= 0 && room > 0; i--) {
    const line = lines[i]!;
    kept.unshift(line.length > room ? line.slice(-room) : line);
    room -= line.length + 1;
  }
  return kept.join('\n');
}
