import type { AuditEvent } from '@celltrail/protocol';
import type { OutboxBounds } from '../tokens.js';
import { isClaimable, toEntry, UNCLAIMED, type Entry } from './entry.js';
import type { OutboxDatabase } from './database.js';
import type { Surroundings } from './surroundings.js';

/** Bounds of what is kept in memory while the browser stores nothing. */
export const MEMORY_LIMIT = { events: 10_000, bytes: 32 * 1024 * 1024 };

/** How long to wait before asking the browser again to store what it refused, in ms. */
const STORE_AGAIN_MS = 5_000;

/** What the intake tells the outbox. */
export interface IntakeListener {
  /** these reached the disk, or the fault that keeps them from it changed */
  onChange: (saved: readonly Entry[]) => void;
  /** the disk's bounds are reached, and something was lost to them */
  onNoRoom: () => void;
  /** room again after so many events were lost to a full memory */
  onLost: (events: number) => void;
}

/**
 * The way of this page's events onto the disk. Each is here from the moment it was captured until IndexedDB has
 * it; while IndexedDB refuses, it stays here, bounded and visible.
 */
export class Intake {
  constructor(
    private readonly database: Pick<OutboxDatabase, 'add' | 'fact'>,
    private readonly surroundings: Surroundings,
    private readonly listener: IntakeListener,
    private readonly bounds: () => OutboxBounds,
    private readonly limit = MEMORY_LIMIT
  ) {}

  /** Events that are not on the disk yet, in their order. */
  get unsaved(): readonly Entry[] {
    return this.entries;
  }

  /** Why the browser stores nothing; null when it does. */
  get fault(): string | null {
    return this.problem;
  }

  /**
   * Take an event in; the disk has it soon after. Never throws, never waits.
   * @param actor the person known now, null when nobody is
   * @param believed whom the image's configuration names
   * @returns its entry; null when memory is full and it is lost, to be told of by `onLost`
   */
  take(event: AuditEvent, actor: string | null, believed: string | null): Entry | null {
    const entry = toEntry(event, actor ?? UNCLAIMED, actor ?? believed);
    if (!this.hold(entry)) {
      this.lost += 1;
      return null;
    }
    if (!this.cancelWait) void this.save();
    return entry;
  }

  /**
   * Take in what other pages left, as far as there is room: what finds none stays where it was, and nothing is lost.
   * @returns what is on its way to the disk
   */
  adopt(entries: readonly Entry[]): readonly Entry[] {
    const taken = entries.filter(entry => this.hold(entry));
    if (taken.length > 0 && !this.cancelWait) void this.save();
    return taken;
  }

  /** Drop what the server acknowledged while it was only here. */
  forget(entries: ReadonlySet<Entry>): void {
    this.keep(entry => !entries.has(entry));
  }

  /** File what is here and unclaimed under a person: this page's own, and what was left by pages that believed the same. */
  claim(actor: string, pageId: string): void {
    for (const entry of this.entries) if (isClaimable(entry, actor, pageId)) entry.actor = actor;
  }

  /** Ask the browser now, instead of waiting. Resolves when it took everything, or refused. */
  async save(): Promise<void> {
    this.cancelWait?.();
    this.cancelWait = null;
    this.saving ??= this.saveAll().finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  dispose(): void {
    this.cancelWait?.();
    this.cancelWait = null;
  }

  // Events that come while a transaction is on its way share the next one: a flush of the disk costs milliseconds.
  private async saveAll(): Promise<void> {
    while (this.entries.length > 0) {
      const batch = this.entries.slice();
      let lost: readonly Entry[];
      try {
        await this.believe(batch);
        lost = await this.database.add(batch, this.bounds());
      } catch (error) {
        this.problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        this.cancelWait = this.surroundings.after(STORE_AGAIN_MS, () => void this.save());
        this.listener.onChange([]);
        return;
      }
      const saved = new Set(batch);
      this.problem = null;
      this.keep(entry => !saved.has(entry));
      if (lost.length > 0) this.listener.onNoRoom();
      // What there was no room for is done with, too: that it is lost is on the disk.
      this.listener.onChange(batch);
    }
    if (this.problem === null) return;
    // What the browser refused was answered from here: nothing is left that is at risk.
    this.problem = null;
    this.listener.onChange([]);
  }

  // Without a name from the server or the configuration, the last one this profile heard is what we believe.
  private async believe(batch: readonly Entry[]): Promise<void> {
    const nobody = batch.filter(entry => entry.actor === UNCLAIMED && entry.hint === null);
    if (nobody.length === 0) return;
    const last = (await this.database.fact('username')) ?? null;
    for (const entry of nobody) entry.hint = last;
  }

  private hold(entry: Entry): boolean {
    if (this.entries.length >= this.limit.events || this.bytes + entry.bytes > this.limit.bytes) return false;
    this.entries.push(entry);
    this.bytes += entry.bytes;
    return true;
  }

  private keep(keeps: (entry: Entry) => boolean): void {
    this.entries = this.entries.filter(keeps);
    this.bytes = this.entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const { lost } = this;
    // Not when the next event would be lost again: one statement for the whole gap.
    if (lost === 0 || this.entries.length > this.limit.events / 2 || this.bytes > this.limit.bytes / 2) return;
    this.lost = 0;
    this.listener.onLost(lost);
  }

  private entries: Entry[] = [];
  private bytes = 0;
  private lost = 0;
  private problem: string | null = null;
  private saving: Promise<void> | null = null;
  private cancelWait: (() => void) | null = null;
}
