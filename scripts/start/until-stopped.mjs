const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Listens for the wish to stop: Ctrl-C, a polite kill, a terminal that closes.
 * @returns {{ asked: Promise<void>, onImpatience: (act: () => unknown) => void }} onImpatience: what to do when it is
 * wished once more
 */
export function untilStopped() {
  let count = 0;
  let act = () => undefined;
  const asked = new Promise(resolve => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (++count === 1) resolve();
        // npm passes on the signal that the terminal sent to both of us, so two come at once.
        else if (count > 2) act();
      });
    }
  });
  return { asked, onImpatience: next => (act = next) };
}
