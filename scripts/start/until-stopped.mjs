const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Listens for the wish to stop: Ctrl-C, a polite kill, a terminal that closes.
 * @returns {{ asked: Promise<string>, early: () => boolean, onImpatience: (act: () => unknown) => void }}
 * asked: what to say when the first one comes; early: whether it came; onImpatience: what the second one does
 */
export function untilStopped() {
  let count = 0;
  let act = () => undefined;
  const asked = new Promise(resolve => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (++count === 1) resolve('Stopping');
        // npm passes on the signal that the terminal sent to both of us, so two come at once.
        else if (count > 2) act();
      });
    }
  });
  return { asked, early: () => count > 0, onImpatience: next => (act = next) };
}
