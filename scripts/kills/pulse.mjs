/** Tells when a server answers for events again. */
export class Pulse {
  #waits = new Set();

  /** A server answered for a batch that was sent at that moment of `performance.now()`. */
  beat(target, sentAt) {
    for (const wait of this.#waits) {
      if (sentAt < wait.since || (wait.target && wait.target !== target)) continue;
      this.#waits.delete(wait);
      wait.done(performance.now() - wait.since);
    }
  }

  /**
   * The first answer to a batch that is sent from now on.
   * @param {import('./client.mjs').Target | null} target by this server; null: by any
   * @returns {Promise<number>} how long it took, ms
   */
  next(target) {
    return new Promise(done => this.#waits.add({ since: performance.now(), target, done }));
  }
}
