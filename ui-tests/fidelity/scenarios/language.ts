/** A kernel's language in the few sentences that the scenarios need, and what its kernel makes of them. */
export interface Language {
  name: string;
  /** its kernelspec */
  kernel: string;
  /** shows a result */
  result: string;
  prints: string;
  /** fails when it runs */
  fails: string;
  /** can't be run */
  syntax: string;
  /** runs for half a second */
  naps: string;
  /** runs until it is ended */
  goesOn: string;
  /** what an interrupt makes of it */
  interrupted: string;
  /**
   * What a restart makes of it; the server interrupts a kernel before it restarts it. Null: whether the kernel's answer
   * to the interrupt leaves before the kernel ends is chance, and the record says what was seen.
   */
  restarted: string | null;
  /** another client's runs */
  elsewhere: {
    result: string;
    unstored: string;
    silent: string;
    /** what it runs while no page is connected */
    alone: string;
    /** which of them end without anybody but their sender being told how */
    unknown: readonly ('result' | 'fails' | 'syntax')[];
    /** what its silent run is called; null: no message tells its code */
    silentIs: string | null;
    /** by how much a stored, an unstored and a silent run raise the count */
    missing: number;
  };
}

/** The languages whose kernels PyPI has. */
export const LANGUAGES: readonly Language[] = [
  {
    name: 'xeus-python',
    kernel: 'xeus',
    result: '1 + 1',
    prints: 'print("hello")',
    fails: '1 / 0',
    syntax: '1 +',
    naps: 'import time; time.sleep(0.5)',
    goesOn: 'import time\nwhile True: time.sleep(0.05)',
    interrupted: 'kernel_died', // the kernel has no handler for SIGINT
    restarted: 'kernel_restarted',
    elsewhere: {
      result: '2 + 2',
      unstored: '3 + 3',
      silent: '4 + 4',
      alone: '5 + 5',
      unknown: [],
      silentIs: null,
      missing: 2
    }
  },
  {
    name: 'Deno',
    kernel: 'deno',
    result: '1 + 1',
    prints: 'console.log("hello")',
    fails: 'throw new Error("no")',
    syntax: 'const = 1',
    naps: 'await new Promise(done => setTimeout(done, 500))',
    goesOn: 'await new Promise(done => setTimeout(done, 60000))',
    interrupted: 'kernel_died', // the kernel has no handler for SIGINT
    restarted: 'kernel_restarted',
    elsewhere: {
      result: '2 + 2',
      unstored: '3 + 3',
      silent: '4 + 4',
      alone: '5 + 5',
      unknown: ['result', 'syntax'], // what can't be compiled fails in its reply alone
      silentIs: 'unknown', // its execute_input is published
      missing: 1
    }
  },
  {
    name: 'bash',
    kernel: 'bash',
    result: 'expr 1 + 1',
    prints: 'echo hello',
    fails: 'no-such-command',
    syntax: 'if then',
    naps: 'sleep 0.5',
    goesOn: 'sleep 60',
    interrupted: 'interrupted',
    restarted: null,
    elsewhere: {
      result: 'expr 2 + 2',
      unstored: 'expr 3 + 3',
      silent: 'expr 4 + 4',
      alone: 'expr 5 + 5',
      unknown: [],
      silentIs: null,
      missing: 2
    }
  },
  {
    name: 'Scheme',
    kernel: 'scheme',
    result: '(+ 1 1)',
    prints: '(display "hello")',
    fails: '(car 5)',
    syntax: '(+ 1',
    naps: '(import "time") (time.sleep 0.5)',
    goesOn: '(import "time") (time.sleep 60)',
    interrupted: 'interrupted',
    restarted: 'interrupted',
    elsewhere: {
      result: '(+ 2 2)',
      unstored: '(+ 3 3)',
      silent: '(+ 4 4)',
      alone: '(+ 5 5)',
      unknown: ['result', 'fails', 'syntax'], // no error message is published
      silentIs: null,
      missing: 2
    }
  }
];
