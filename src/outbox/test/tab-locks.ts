interface Request {
  tab: object;
  grant: () => void;
  reject: (error: DOMException) => void;
}

/** Web Locks of a profile in memory: exclusive by name, in turn, to be stolen, and freed when a tab dies. */
export class TabLocks {
  /** As one tab sees them. @param tab whoever {@link forget} is told of */
  seenBy(tab: object): LockManager {
    const request = (name: string, options: LockOptions, hold: () => unknown): Promise<unknown> =>
      this.request(tab, name, options, hold);
    return { request } as unknown as LockManager;
  }

  /** A tab died: what it held goes to the next. */
  forget(tab: object): void {
    for (const [name, queue] of this.queues) {
      const held = queue[0]?.tab === tab;
      this.queues.set(
        name,
        queue.filter(request => request.tab !== tab)
      );
      if (held) this.queues.get(name)![0]?.grant();
    }
  }

  // The first in the queue holds it.
  private request(tab: object, name: string, { signal, steal }: LockOptions, hold: () => unknown): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(new DOMException('aborted', 'AbortError'));
    return new Promise((resolve, reject) => {
      const request: Request = {
        tab,
        reject,
        grant: () =>
          void Promise.resolve()
            .then(hold)
            .then(resolve, reject)
            .finally(() => this.leave(name, request))
      };
      const queue = this.queues.get(name) ?? [];
      if (steal) {
        const holder = queue.shift();
        this.queues.set(name, [request, ...queue]);
        holder?.reject(new DOMException('stolen', 'AbortError'));
      } else {
        this.queues.set(name, [...queue, request]);
      }
      if (this.queues.get(name)![0] === request) request.grant();
      signal?.addEventListener('abort', () => {
        if (this.queues.get(name)![0] === request) return; // granted: it is too late
        this.leave(name, request);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  private leave(name: string, request: Request): void {
    const queue = this.queues.get(name) ?? [];
    const held = queue[0] === request;
    this.queues.set(
      name,
      queue.filter(other => other !== request)
    );
    if (held) this.queues.get(name)![0]?.grant();
  }

  private readonly queues = new Map<string, Request[]>();
}
