import { createWriteStream, type WriteStream } from 'node:fs';
import { type Captured, type Note } from './note.js';

/** One page, from its first event to its end. */
export interface PageRecord {
  page: string;
  profile: string;
  tab: string;
  events: Map<number, Captured & { at: number }>;
  stored: Set<number>;
  settled: Set<number>;
  /** the last number that the outbox is known to have been handed */
  taken: number;
  /** it said that it goes */
  farewell: boolean;
  /** its process was killed: what was in its memory only is gone with it */
  killed: boolean;
  /** when it was closed or reloaded, and could do what a page does then, by the monotonic clock; null: it was not */
  leftAt: number | null;
}

/** How long a browser may keep a page's last words in its memory, ms: Chromium writes `localStorage` every 5 s. */
const LAST_WORDS_MS = 10_000;

/** A wait for the first answer to an event that was captured after a moment, in every profile. */
interface Watch {
  since: number;
  profiles: Set<string>;
  done: (ms: number) => void;
}

/** Writes down what was captured. No fault ever touches it. */
export class Recorder {
  /** @param file where the truth is written, a note a line, for who looks into it afterwards */
  constructor(file: string) {
    this.file = createWriteStream(file);
  }

  readonly pages = new Map<string, PageRecord>();

  note(note: Note): void {
    const now = performance.now();
    this.file.write(`${JSON.stringify({ at: Math.round(now), ...note })}\n`);
    const page = this.pageOf(note);
    for (const captured of note.captured) page.events.set(captured.seq, { ...captured, at: now });
    page.taken = Math.max(page.taken, note.taken);
    page.farewell ||= note.farewell === true;
    for (const seq of note.stored) page.stored.add(seq);
    for (const seq of note.settled) this.settle(page, seq, now);
  }

  /** These tabs' processes died. @param tab undefined: the whole profile */
  killed(profile: string, tab?: string): void {
    const isSafe = ({ leftAt }: PageRecord): boolean => leftAt !== null && performance.now() - leftAt > LAST_WORDS_MS;
    for (const page of this.pages.values())
      if (page.profile === profile && (tab === undefined || page.tab === tab) && !isSafe(page)) page.killed = true;
  }

  /** The pages of this tab go in order: soon everything of theirs is owed, whatever comes after. */
  left(profile: string, tab: string): void {
    for (const page of this.pages.values())
      if (page.profile === profile && page.tab === tab) page.leftAt ??= performance.now();
  }

  /** How long until an event captured from now on is answered in each of these profiles, in ms. */
  recovery(profiles: readonly string[]): Promise<number> {
    return new Promise(done => {
      this.watches.add({ since: performance.now(), profiles: new Set(profiles), done });
    });
  }

  get count(): number {
    return [...this.pages.values()].reduce((sum, { events }) => sum + events.size, 0);
  }

  /** How many were answered, as far as their pages lived to tell. */
  get settledCount(): number {
    return [...this.pages.values()].reduce((sum, { settled }) => sum + settled.size, 0);
  }

  close(): Promise<void> {
    return new Promise(resolve => this.file.end(resolve));
  }

  private settle(page: PageRecord, seq: number, now: number): void {
    page.settled.add(seq);
    const captured = page.events.get(seq);
    for (const watch of this.watches) {
      if (!captured || captured.at <= watch.since || !watch.profiles.delete(page.profile)) continue;
      if (watch.profiles.size > 0) continue;
      this.watches.delete(watch);
      watch.done(now - watch.since);
    }
  }

  private pageOf({ page, profile, tab }: Note): PageRecord {
    const known = this.pages.get(page);
    if (known) return known;
    const made = { page, profile, tab, events: new Map(), stored: new Set<number>(), settled: new Set<number>(), taken: 0, farewell: false, killed: false, leftAt: null }; // prettier-ignore
    this.pages.set(page, made);
    return made;
  }

  private readonly file: WriteStream;
  private readonly watches = new Set<Watch>();
}

/**
 * Whether somebody is owed this event: all but what lay only in the memory of a process that was killed. What a page
 * was told is on the disk is owed for ever. A page notes an event before it hands it to the outbox, and may end in
 * between: then nobody ever had it. One that is closed has half a second to say farewell, then its browser kills it.
 */
export function isOwed({ killed, stored, settled, leftAt, farewell, taken }: PageRecord, seq: number): boolean {
  if (stored.has(seq) || settled.has(seq)) return true;
  if (killed) return false;
  return leftAt === null || (farewell && seq <= taken);
}
