/* global window, Worker -- the stopwatch runs in the page */

/** What a page's clock needs to tell 5 µs apart instead of 100: https://developer.mozilla.org/docs/Web/API/Performance_API/High_precision_timing */
export const EXACT_CLOCK = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'credentialless'
};

/**
 * Puts a stopwatch at every entry into our code: slots of Lab's signals, listeners of events, the outbox's messages,
 * and what those leave for later. It runs from the entry to the return, with all that is called meanwhile in Lab and
 * in the browser; garbage collected, and the core given to others, in that time count too. What goes on after an
 * `await` is not counted: nothing of ours waits for a promise while a cell runs.
 * `window.benchSpentMs` is the sum. To be called before the page is opened.
 */
export function putStopwatch(page) {
  return page.addInitScript(() => {
    const OURS = '/extensions/jupyterlab-celltrail/';
    const timed = new WeakMap();
    let depth = 0;
    let began = 0;
    window.benchSpentMs = 0;

    const time = callback => {
      if (typeof callback !== 'function') return callback;
      if (!timed.has(callback)) {
        timed.set(callback, function (...args) {
          if (depth++ === 0) began = performance.now();
          try {
            return callback.apply(this, args);
          } finally {
            if (--depth === 0) window.benchSpentMs += performance.now() - began;
          }
        });
      }
      return timed.get(callback);
    };
    // Frame 0 is the error's text, 1 this function, 2 the one that was replaced, 3 who called that.
    const isOurs = () => depth > 0 || (new Error().stack.split('\n')[3] ?? '').includes(OURS);
    const replace = (object, name, at, known = false) => {
      const inner = object[name];
      object[name] = function (...args) {
        // What was never timed is not ours, whoever takes it back.
        const callback = args[at];
        if (known ? timed.has(callback) : isOurs()) args[at] = known ? timed.get(callback) : time(callback);
        return inner.apply(this, args);
      };
    };

    for (const name of ['setTimeout', 'setInterval', 'queueMicrotask']) replace(window, name, 0);
    replace(EventTarget.prototype, 'addEventListener', 1);
    replace(EventTarget.prototype, 'removeEventListener', 1, true);
    const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
    Object.defineProperty(Worker.prototype, 'onmessage', {
      set(callback) {
        set.call(this, isOurs() ? time(callback) : callback);
      }
    });
    // Lab's application is there before the first of its plugins is activated.
    let application;
    Object.defineProperty(window, 'jupyterapp', {
      get: () => application,
      set: made => {
        application = made;
        const signal = Object.getPrototypeOf(made.commands.commandChanged);
        replace(signal, 'connect', 0);
        replace(signal, 'disconnect', 0, true);
      }
    });
  });
}
