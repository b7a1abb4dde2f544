/**
 * What is known of how kernels answer. A rule stands here only when it was seen (protocol/vectors/messages) or read
 * in the kernel's source; a kernel that is not listed gets {@link DEFAULT_RULES}.
 */
export interface KernelRules {
  /** an `error` on IOPub means the run failed, whatever its reply says */
  errorMessageDecides: boolean;
  /** a failure always shows as an `error` on IOPub, so its absence means success where no reply is seen */
  failuresOnIOPub: boolean;
  /** so does an interruption */
  interruptsOnIOPub: boolean;
  /** nothing of a run comes after its idle and its reply */
  endIsLast: boolean;
  /** its dates have all digits of their fraction */
  padsFractions: boolean;
  /** how `execution_count` rises; null: not known, so a jump tells nothing */
  counts: CountRule | null;
}

/** Which runs raise the count by one. */
export interface CountRule {
  /** runs with `store_history=false` raise it, too */
  unstored: boolean;
}

/** For a kernel nothing is known of: the reply decides, as the protocol says. */
export const DEFAULT_RULES: KernelRules = {
  errorMessageDecides: false,
  failuresOnIOPub: true,
  interruptsOnIOPub: false,
  endIsLast: true,
  padsFractions: true,
  counts: null
};

/** By `implementation` of the kernel_info_reply: a kernel spec's name is anybody's to choose. */
const RULES: Readonly<Record<string, Partial<KernelRules>>> = {
  // An `error` message with reply `ok` means the cell showed a traceback and went on (vector handled-error).
  // The shell raises the count only for stored runs (vector no-history: input says 1, reply says 0).
  ipython: { interruptsOnIOPub: true, counts: { unstored: false } },
  // Before 0.9 a failing command was answered `ok` after an `error` message. ipykernel's base class counts every
  // run that isn't silent: https://github.com/ipython/ipykernel/blob/v7.0.0/ipykernel/kernelbase.py (execute_request)
  bash_kernel: { errorMessageDecides: true, counts: { unstored: true } },
  // Counts every run that isn't silent (vector xeus-counts). A tenth of its dates lack zeros (vector xeus-dates).
  'xeus-python': { padsFractions: false, counts: { unstored: true } },
  // What can't be compiled fails in the reply alone (vector deno-syntax); a result may come after idle (vector
  // deno-result-after-idle); runs that aren't stored repeat the count before them (vector deno-counts).
  'Deno kernel': { failuresOnIOPub: false, endIsLast: false, counts: { unstored: false } },
  // Failures are written to stderr; no `error` message (vector scheme-error). Same base class as bash.
  scheme: { failuresOnIOPub: false, counts: { unstored: true } }
};

/** The rules of a kernel. @param implementation null while its kernel_info_reply wasn't seen */
export function rulesOf(implementation: string | null): KernelRules {
  return { ...DEFAULT_RULES, ...(implementation ? RULES[implementation] : undefined) };
}
