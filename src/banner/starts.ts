/** Which kernel starts a banner was shown for. Outlives a reload of the tab, not the tab. */
export class ShownStarts {
  /** @param storage where to remember; null where the browser denies it: then this page remembers alone */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.shown = new Set(this.read());
  }

  has(kernelId: string): boolean {
    return this.shown.has(kernelId);
  }

  /** The banner was shown for this kernel as it runs now. */
  add(kernelId: string): void {
    this.shown.delete(kernelId);
    this.shown.add(kernelId);
    this.write();
  }

  /** The kernel starts anew: its id stays, so what was shown does not count any more. */
  restarted(kernelId: string): void {
    if (this.shown.delete(kernelId)) this.write();
  }

  private read(): string[] {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(KEY) ?? '[]');
      return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof DOMException) return [];
      throw error;
    }
  }

  private write(): void {
    try {
      this.storage?.setItem(KEY, JSON.stringify([...this.shown].slice(-MOST)));
    } catch (error) {
      // A full storage: after a reload the banner may come once more, which is the lesser fault.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  private readonly shown: Set<string>;
}

const KEY = 'celltrail-banner-shown';

/** Kernels remembered; the oldest are long gone. */
const MOST = 200;
