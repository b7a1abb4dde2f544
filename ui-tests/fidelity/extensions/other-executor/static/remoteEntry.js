// A cell executor that replaces JupyterLab's, written by hand in the form that Lab loads (a module federation
// container), so that nothing has to be built for it. Which kind of executor it is, the page says before Lab starts
// (`window.otherExecutor`); without a word it is Lab's own.
(() => {
  const NAME = 'other-executor';
  let shared = {};

  async function take(name) {
    const [version] = Object.values(shared[name] ?? {});
    if (!version) throw new Error(`Lab does not share ${name}`);
    return (await version.get())();
  }

  /** Sends a cell's code by the kernel's own method, past Lab's output areas: no cell's id goes with it. */
  async function send({ cell, sessionContext, onCellExecuted }, code) {
    const { done } = sessionContext.session.kernel.requestExecute({ code });
    const { content } = await done;
    onCellExecuted({ cell, success: content.status === 'ok' });
    return content.status === 'ok';
  }

  const sourceOf = cell => cell.model.sharedModel.getSource();
  const changed = cell => `# formatted\n${sourceOf(cell)}`;
  const wait = ms => new Promise(resolve => setTimeout(resolve, ms));

  const KINDS = {
    /** does something of its own around Lab's */
    wraps: runCell => async options => {
      await wait(20);
      const ran = await runCell(options);
      await wait(20);
      return ran;
    },
    'sends by itself': () => options => {
      options.onCellExecutionScheduled({ cell: options.cell });
      return send(options, sourceOf(options.cell));
    },
    'sends by itself, later': () => async options => {
      options.onCellExecutionScheduled({ cell: options.cell });
      await wait(50);
      return send(options, sourceOf(options.cell));
    },
    'changes the code': () => options => {
      options.onCellExecutionScheduled({ cell: options.cell });
      return send(options, changed(options.cell));
    },
    'changes the code, later': () => async options => {
      options.onCellExecutionScheduled({ cell: options.cell });
      await wait(50);
      return send(options, changed(options.cell));
    }
  };

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init: scope => void (shared = scope),
    get: async () => {
      const { INotebookCellExecutor, runCell } = await take('@jupyterlab/notebook');
      const plugin = {
        id: `${NAME}:plugin`,
        autoStart: true,
        provides: INotebookCellExecutor,
        activate: () => ({ runCell: KINDS[globalThis.otherExecutor]?.(runCell) ?? runCell })
      };
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();
