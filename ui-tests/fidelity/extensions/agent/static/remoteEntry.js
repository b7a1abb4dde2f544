// An extension that lets an agent run code, written by hand in the form that Lab loads. Each way of running is a
// function on `window.agent`; a test calls them in the agent's place.
(() => {
  const NAME = 'agent';
  let shared = {};

  async function take(name) {
    const [version] = Object.values(shared[name] ?? {});
    if (!version) throw new Error(`Lab does not share ${name}`);
    return (await version.get())();
  }

  function waysOf({ commands, serviceManager, shell }, capture, NotebookActions) {
    const panel = () => shell.currentWidget;
    const kernel = () => panel().sessionContext.session.kernel;
    const choose = index => void (panel().content.activeCellIndex = index);
    return {
      /** by the token of Celltrail, around Lab's own way of running a cell */
      token: index => {
        choose(index);
        return capture.asAgent(() => NotebookActions.run(panel().content, panel().sessionContext));
      },
      /** by the command of Celltrail, without depending on it */
      command: async (command, index = panel().content.activeCellIndex) => {
        choose(index);
        await commands.execute('celltrail:run-as-agent', { command });
      },
      /** by a key in the metadata of a request of its own, with the cell it belongs to or without one */
      key: async (code, cellId) => {
        const metadata = { celltrail: { client: 'agent', ...(cellId ? { cellId } : {}) } };
        await kernel().requestExecute({ code }, true, metadata).done;
      },
      /** by the event through which jupyterlab-commands-toolkit has a page run a command */
      event: async (name, args = {}) => {
        const schema_id = 'https://events.jupyter.org/jupyterlab_command_toolkit/lab_command/v1';
        await serviceManager.events.emit({ schema_id, version: '1', data: { name, args } });
      },
      /** by a command whose name is known to be an agent's; the extension that has it registers it like this */
      known: async index => {
        const id = 'notebook-intelligence:run-cell-at-index';
        if (!commands.hasCommand(id)) {
          commands.addCommand(id, {
            execute: async ({ cellIndex }) => {
              choose(cellIndex);
              await NotebookActions.run(panel().content, panel().sessionContext);
            }
          });
        }
        await commands.execute(id, { cellIndex: index });
      }
    };
  }

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init: scope => void (shared = scope),
    get: async () => {
      const { ICapture } = await take('jupyterlab-celltrail');
      const { NotebookActions } = await take('@jupyterlab/notebook');
      const plugin = {
        id: `${NAME}:plugin`,
        autoStart: true,
        requires: [ICapture],
        activate: (app, capture) => void (globalThis.agent = waysOf(app, capture, NotebookActions))
      };
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();
