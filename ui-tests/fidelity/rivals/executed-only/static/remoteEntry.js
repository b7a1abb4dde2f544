// The design that JupyterLab's own API offers a recorder: listen to NotebookActions.executed and take down the cell.
//
// Written by hand in the form that Lab loads (a module federation container), so that nothing has to be built for it.
// It does what its published peers do, and where they differ, what serves it best:
// - jupyterlab-pioneer (CellExecuteEvent): source, success and the kernel's error at `executed`, posted at once;
// - jupyterlab-notifications: only code cells that are not blank; `executionScheduled` or the end of the notebook's
//   last cell, whichever is later, as the begin by the editor's clock;
// - jupyterlab-execute-time: the kernel's stamps, from the metadata that Lab writes when `recordTiming` is on.
// Both times are sent, and judged apart.
(() => {
  const NAME = 'executed-only';
  let shared = {};

  /** A module that Lab shares; every version there is the one that Lab loaded. */
  async function take(name) {
    const [version] = Object.values(shared[name] ?? {});
    if (!version) throw new Error(`Lab does not share ${name}`);
    return (await version.get())();
  }

  function config(name) {
    const data = globalThis.document.getElementById('jupyter-config-data');
    return JSON.parse(data?.textContent ?? '{}')[name];
  }

  /** By the kernel's stamps in the cell's metadata, ms. @returns null where they are missing */
  function recordedMs(cell) {
    const stamps = cell.model.getMetadata('execution') ?? {};
    const began = stamps['shell.execute_reply.started'] ?? stamps['iopub.execute_input'];
    const ended = stamps['shell.execute_reply'];
    return began && ended ? Date.parse(ended) - Date.parse(began) : null;
  }

  /** What a failed cell is called: a reply without an error's name is a request that the kernel refused. */
  function statusOf(success, error) {
    if (success) return 'success';
    if (!error?.errorName) return 'aborted';
    return error.errorName === 'KeyboardInterrupt' ? 'interrupted' : 'error';
  }

  function activate(NotebookActions) {
    const scheduled = new Map();
    const lastEnd = new WeakMap();
    const collector = config('rivalCollector');

    NotebookActions.executionScheduled.connect((_, { cell }) => scheduled.set(cell.model.id, performance.now()));

    NotebookActions.executed.connect((_, { notebook, cell, success, error }) => {
      const code = cell.model.sharedModel.getSource();
      if (cell.model.type !== 'code' || !code.trim()) return;
      const now = performance.now();
      const began = Math.max(scheduled.get(cell.model.id) ?? 0, lastEnd.get(notebook) ?? 0);
      lastEnd.set(notebook, now);
      const record = {
        kernel_id: notebook.parent?.sessionContext?.session?.kernel?.id ?? '',
        code,
        status: statusOf(success, error),
        error_message: success ? null : [error?.errorName, error?.errorValue].filter(Boolean).join(': ') || null,
        cell_number: cell.model.executionCount,
        recorded_ms: recordedMs(cell),
        clock_ms: began ? now - began : null,
        at: Date.now()
      };
      const body = JSON.stringify(record);
      // Lets a page that closes finish what it sends, as far as browsers allow that.
      const keepalive = body.length < 20_000;
      void fetch(collector, { method: 'POST', mode: 'no-cors', body, keepalive }).catch(console.warn);
    });
  }

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init: scope => void (shared = scope),
    get: async () => {
      const { NotebookActions } = await take('@jupyterlab/notebook');
      const plugin = { id: `${NAME}:plugin`, autoStart: true, activate: () => activate(NotebookActions) };
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();
