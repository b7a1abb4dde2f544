const OURS = '/extensions/jupyterlab-celltrail/';
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.stack'
];
const NAMES = new Set(['Layout', 'UpdateLayoutTree', 'RecalculateStyles']);

/**
 * Layouts and style recalculations while `work` runs that a script forced: with its stack the browser says which.
 * @returns how many there were, how many were forced by any script, and how many with a function of ours on the stack
 */
export async function forcedLayouts(browser, { page }, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const all = traceEvents.filter(({ name, ph }) => NAMES.has(name) && (ph === 'X' || ph === 'B'));
  const stacks = all.map(({ args }) => args.beginData?.stackTrace ?? args.data?.stackTrace ?? []);
  return {
    all: all.length,
    forced: stacks.filter(stack => stack.length).length,
    ours: stacks.filter(stack => stack.some(({ url }) => url?.includes(OURS))).length
  };
}
