type Hold = (lock: Lock | null) => unknown;

/** Web Locks in memory, for the tabs of one test: exclusive, queued, to be stolen. */
export class FakeLocks {
  /** As one tab sees them. */
  tab(): LockManager {
    const request = (name: string, options: LockOptions, hold: Hold): Promise<unknown> =>
      this.request(name, options, hold);
    return { request } as unknown as LockManager;
  }

  private async request(name: string, { signal, steal }: LockOptions, hold: Hold): Promise<unknown> {
    if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
    const { promise: stolen, reject } = withResolvers();
    if (steal) {
      this.holders.get(name)?.(new DOMException('stolen', 'AbortError'));
    } else if (this.holders.has(name)) {
      await this.turn(name, signal);
    }
    this.holders.set(name, reject);
    try {
      return await Promise.race([hold({ name, mode: 'exclusive' }), stolen]);
    } finally {
      if (this.holders.get(name) === reject) {
        this.holders.delete(name);
        this.queue.shift()?.();
      }
    }
  }

  private turn(_name: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => resolve();
      this.queue.push(mine);
      signal?.addEventListener('abort', () => {
        this.queue = this.queue.filter(other => other !== mine);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  private readonly holders = new Map<string, (error: unknown) => void>();
  private queue: (() => void)[] = [];
}

function withResolvers(): { promise: Promise<never>; reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, rejects) => {
    reject = rejects;
  });
  return { promise, reject };
}
