/** Something that a person can mend: what is wrong, and what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} what one sentence
   * @param {string} fix what to type or change
   * @param {string} [details] the last words of the program that failed
   */
  constructor(what, fix, details = '') {
    super(what);
    this.name = 'Failure';
    this.fix = fix;
    this.details = details;
  }
}

/**
 * What to print for whatever was thrown. A bug keeps its stack.
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (!(error instanceof Failure)) return error instanceof Error ? String(error.stack) : String(error);
  const details = error.details ? `\n${error.details.trim().replace(/^/gm, '    ')}\n` : '';
  return `${error.message}\n${details}\n${error.fix}`;
}
