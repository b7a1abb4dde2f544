/** What a tab's next steps bring. */
export type Fate = 'crash before' | 'crash after' | 'freeze';

/** Whether a tab lives, and goes on: every step of its outbox into the world asks. */
export class Life {
  /** @param onDeath the browser takes away what it held */
  constructor(private readonly onDeath: () => void) {}

  isDead = false;
  /** counts what happens anywhere, so that a test knows when everything has come to rest */
  static activity = 0;

  get isFrozen(): boolean {
    return this.thawing !== null;
  }

  /** Something happens to it at its n-th step from now. */
  doom(steps: number, fate: Fate): void {
    this.steps = steps;
    this.fate = fate;
  }

  /** Nothing happens to it any more, and it goes on. */
  spare(): void {
    this.steps = 0;
    this.thaw();
  }

  die(): void {
    this.isDead = true;
    this.onDeath();
    this.thaw();
  }

  freeze(): void {
    if (this.isDead || this.thawing) return;
    this.thawing = new Promise(resolve => {
      this.thaw = () => {
        this.thawing = null;
        resolve();
      };
    });
  }

  thaw: () => void = () => undefined;

  /** One step into the world. What a dead tab began is never heard of again. */
  async step<T>(does: () => T): Promise<T> {
    Life.activity += 1;
    const fate = --this.steps === 0 ? this.fate : null;
    if (fate === 'crash before') this.die();
    if (fate === 'freeze') this.freeze();
    // Others may come in between, before and after.
    await this.turn();
    const result = does();
    if (fate === 'crash after') this.die();
    await this.turn();
    return result;
  }

  private async turn(): Promise<void> {
    await Promise.resolve();
    while (this.thawing) await this.thawing;
    if (this.isDead) await new Promise(() => undefined);
  }

  private thawing: Promise<void> | null = null;
  private steps = 0;
  private fate: Fate = 'crash before';
}

/** Lets all tabs come to rest. */
export async function settle(): Promise<void> {
  let seen = Life.activity;
  for (let quiet = 0; quiet < 40; quiet++) {
    await Promise.resolve();
    if (seen !== Life.activity) quiet = 0;
    seen = Life.activity;
  }
}
