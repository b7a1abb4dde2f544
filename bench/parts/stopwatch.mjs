/* global window, Worker -- the stopwatch runs in the page */

/** What the page says of our code's entries, of its returns, and of the cells that it begins to run. */
const SAID = { entry: 'bench entry', exit: 'bench exit', cell: 'bench cell' };

/**
 * What each cell that `work` runs costs the page's thread in our code: from the cell's begin to the next one's, the
 * time that the thread had a core while a function of ours was entered and had not returned, with all that it called in
 * Lab and in the browser, and with the garbage that was collected meanwhile. Whoever else uses the machine is not
 * counted: the system counts a thread's time on a core, and the browser notes it with every event of its trace
 * (`tts`, µs), of which what noting it takes is subtracted. It keeps the trace in memory, so some fifty cells are
 * enough at a time.
 * @param room whose page has a stopwatch
 * @returns ms per cell
 */
export async function threadTimes(browser, { page }, work) {
  await browser.startTracing(page, { categories: ['devtools.timeline'] });
  await page.evaluate(() => {
    for (let time = 0; time < 200; time++) for (const what of ['entry', 'exit']) window.benchSays(what);
  });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return costsOf(traceEvents);
}

function costsOf(traceEvents) {
  const said = traceEvents.filter(({ name }) => name === 'TimeStamp').sort((a, b) => a.ts - b.ts);
  const nothing = [];
  const costs = [];
  let entered = 0;
  let noting = 0;
  for (const { args, tts } of said) {
    const { message } = args.data;
    if (message === SAID.entry) entered = tts;
    else if (message === SAID.cell) {
      noting = nothing.sort((a, b) => a - b)[nothing.length >> 1];
      costs.push(0);
    } else if (message === SAID.exit) {
      if (costs.length > 0) costs[costs.length - 1] += (tts - entered - noting) / 1000;
      else nothing.push(tts - entered);
    }
  }
  return costs;
}

/**
 * Puts a stopwatch at every entry into our code: slots of Lab's signals, listeners of events, the outbox's messages,
 * and what those leave for later. What goes on after an `await` is not seen: nothing of ours waits for a promise while
 * a cell runs. To be called before the page is opened.
 */
export function putStopwatch(page) {
  return page.addInitScript(said => {
    const OURS = '/extensions/jupyterlab-celltrail/';
    const timed = new WeakMap();
    let depth = 0;
    window.benchSays = what => console.timeStamp(said[what]);

    const time = callback => {
      if (typeof callback !== 'function') return callback;
      if (!timed.has(callback)) {
        timed.set(callback, function (...args) {
          if (depth++ === 0) window.benchSays('entry');
          try {
            return callback.apply(this, args);
          } finally {
            if (--depth === 0) window.benchSays('exit');
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
  }, SAID);
}
