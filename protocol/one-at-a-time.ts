/**
 * Runs `work` on every call, but never twice at once: calls during a run make one more run after it. However fast
 * changes come, each answer is shown, and the last answer was asked for after the last change.
 */
export function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
