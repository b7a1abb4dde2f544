/** What a command sees of the world: handed in, so that tests can be the world. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** one line of the answer */
  out: (line: string) => void;
  /** one line about the answer: warnings, faults */
  err: (line: string) => void;
}
