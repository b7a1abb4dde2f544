const KEY = 'celltrail-browser-id';

/**
 * The id of this browser profile: random, made once and kept. It says which browser still has events waiting, and
 * nothing of the person or the machine.
 * @param storage null where the browser denies it
 * @param randomId makes a UUID
 * @returns null where the browser keeps nothing
 */
export function browserId(storage: Storage | null, randomId: () => string): string | null {
  try {
    const known = storage?.getItem(KEY);
    if (known && UUID_FORM.test(known)) return known;
    const made = randomId();
    storage?.setItem(KEY, made);
    // Another tab that was opened in the same moment may have been later: what lies there now is what counts.
    return storage?.getItem(KEY) ?? null;
  } catch (error) {
    console.debug('Celltrail: this browser keeps no id', error);
    return null;
  }
}

const UUID_FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
