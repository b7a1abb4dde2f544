/** Where the browser loads our code from. */
const OURS = '/extensions/jupyterlab-celltrail/';

/** How far apart V8 looks at what runs, µs. What is shorter is caught by chance, and right in the sum. */
const INTERVAL_US = 100;

/** What one look can stand for, µs. After a longer gap the thread had no core: others ran, and it did nothing. */
const LOOK_US = 3 * INTERVAL_US;

/** What V8 calls the time in which nothing runs. */
const IDLE = '(idle)';

/**
 * What our code costs the main thread while `work` runs: time with a function of our bundle anywhere on the stack,
 * so with all it calls in Lab and in the browser; and garbage collected right after it. It is the thread's time on a
 * core, as the system counts it, shared out among the looks: what it waited for one, on a machine that is busy with
 * other things, is nobody's.
 * @param work resolves to the instants at which windows begin, ms on the page's clock
 * @returns ms per window, in all by function of ours and by what it called, the latter also in the windows that took
 * over a millisecond alone, and how much of a core's time a look's microsecond is
 */
export async function profiled({ cdp }, work) {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await cdp.send('Performance.enable', { timeDomain: 'timeTicks' });
  const originUs = (await metric(cdp, 'NavigationStart')) * 1e6;
  await cdp.send('Performance.disable');
  // Counted from here on.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('Profiler.start');
  const begins = await work();
  const { profile } = await cdp.send('Profiler.stop');
  const onCoreUs = (await metric(cdp, 'TaskDuration')) * 1e6;
  await cdp.send('Performance.disable');
  await cdp.send('Profiler.disable');
  return attribute(
    profile,
    begins.map(ms => originUs + ms * 1000),
    onCoreUs
  );
}

async function metric(cdp, wanted) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted).value;
}

/**
 * @param begins of the windows, in the profile's µs, rising; the last has no end
 * @param onCoreUs what the thread had of a core meanwhile
 */
function attribute(profile, begins, onCoreUs) {
  const entries = entriesOf(profile.nodes);
  const windows = begins.map(() => 0);
  const [byFunction, byCallee] = [new Map(), new Map()];
  const looks = [];
  let now = profile.startTime;
  let window = -1;
  let last = null;
  let busyUs = 0;
  for (const [i, id] of profile.samples.entries()) {
    now += profile.timeDeltas[i];
    while (window + 1 < begins.length && now >= begins[window + 1]) window++;
    const us = Math.min(profile.timeDeltas[i + 1] ?? 0, LOOK_US);
    const { name, entry } = entries.get(id);
    if (!name.startsWith(IDLE)) busyUs += us;
    // V8 shows its collector as a function of its own, called by nobody: it belongs to what ran before.
    const ours = name.startsWith('(garbage collector)') ? last : entry;
    last = ours;
    if (!ours || window < 0) continue;
    windows[window] += us;
    looks.push({ window, name, us });
    count(byFunction, ours, us);
    count(byCallee, name, us);
  }
  const onCore = onCoreUs / busyUs;
  const inSlow = new Map();
  for (const { window, name, us } of looks) if (windows[window] * onCore > 1000) count(inSlow, name, us);
  const most = map => [...map].sort((a, b) => b[1] - a[1]).map(([name, us]) => [name, (us * onCore) / 1000]);
  return {
    windows: windows.map(us => (us * onCore) / 1000),
    byFunction: most(byFunction),
    byCallee: most(byCallee),
    inSlow: most(inSlow),
    onCore
  };
}

function count(map, key, us) {
  map.set(key, (map.get(key) ?? 0) + us);
}

// Per node of the call tree: its function, and the outermost function of ours above it or itself.
function entriesOf(nodes) {
  const entries = new Map();
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visit = (node, above) => {
    const { functionName, url, lineNumber, columnNumber } = node.callFrame;
    const entry =
      above ?? (url.includes(OURS) ? `${functionName || '(anonymous)'} ${lineNumber}:${columnNumber}` : null);
    const file = url.split('/').at(-1).split('.')[0];
    entries.set(node.id, { name: `${functionName} ${file}:${lineNumber}:${columnNumber}`, entry });
    for (const child of node.children ?? []) visit(byId.get(child), entry);
  };
  visit(nodes[0], null);
  return entries;
}

/** Bytes that our code, or what it called, allocated while `work` ran: `made` in all, or those still alive after. */
export async function allocated({ cdp }, work, { made }) {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.startSampling', {
    samplingInterval: 4096,
    includeObjectsCollectedByMajorGC: made,
    includeObjectsCollectedByMinorGC: made
  });
  await work();
  if (!made) await collect({ cdp });
  const { profile } = await cdp.send('HeapProfiler.stopSampling');
  let bytes = 0;
  const places = new Map();
  const visit = (node, entry) => {
    const { functionName, url, lineNumber, columnNumber } = node.callFrame;
    const ours = url.includes(OURS) ? `${functionName || '(anonymous)'} ${lineNumber}:${columnNumber}` : entry;
    if (ours) {
      bytes += node.selfSize;
      places.set(ours, (places.get(ours) ?? 0) + node.selfSize);
    }
    for (const child of node.children) visit(child, ours);
  };
  visit(profile.head, null);
  return { bytes, places: [...places].sort((a, b) => b[1] - a[1]) };
}

/** Bytes on the page's heap after its garbage was collected, and outside of it in what the heap holds. */
export async function heapBytes(room) {
  await collect(room);
  const { usedSize, backingStorageSize = 0, embedderHeapUsedSize = 0 } = await room.cdp.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize + embedderHeapUsedSize;
}

// Once frees what nothing points to; what finalizers and weak maps let go of is freed the time after.
async function collect({ cdp }) {
  for (let time = 0; time < 3; time++) await cdp.send('HeapProfiler.collectGarbage');
}
