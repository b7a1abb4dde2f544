import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import { IConsoleTracker } from '@jupyterlab/console';
import { PageConfig } from '@jupyterlab/coreutils';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { ServerConnection, type ServiceManager } from '@jupyterlab/services';
import { UUID, type ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { browserId } from '../browser-id.js';
import { guarded } from '../guarded.js';
import { ICapture, ISettings } from '../tokens.js';
import { EXTENSION_VERSION } from '../version.js';
import { AGENT_ASKS } from './agents.js';
import { Capture } from './capture.js';
import { consoleWidget, withoutSharing, type Application, type OpenWidget } from './context.js';
import { createCounts } from './counts.js';
import { createOpenTerminals } from './open-terminals.js';
import { createHandover } from './handover.js';
import { localStorageOf } from '../kept.js';

/** Captures what runs in every kernel of this page. */
export const plugin: JupyterFrontEndPlugin<ICapture> = {
  id: 'jupyterlab-celltrail:capture',
  description: 'Captures every execution of every kernel of this page.',
  autoStart: true,
  requires: [ISettings],
  optional: [INotebookTracker, IConsoleTracker],
  provides: ICapture,
  activate: (
    app: JupyterFrontEnd,
    settings: ISettings,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null
  ): ICapture => {
    const { serviceManager } = app;
    const capture = new Capture({
      pageId: UUID.uuid4(),
      browserId: browserId(localStorageOf(window), () => UUID.uuid4()),
      versions: { extension_version: EXTENSION_VERSION, lab_version: app.version },
      isEnabled: settings.values.enabled,
      kernels: serviceManager.kernels,
      application: applicationOf(serviceManager, notebooks, consoles),
      handover: createHandover(localStorageOf(window), PageConfig.getBaseUrl(), () => Date.now()),
      counts: createCounts(localStorageOf(window), PageConfig.getBaseUrl(), () => Date.now()),
      openTerminals: createOpenTerminals(localStorageOf(window), () => Date.now()),
      randomId: () => UUID.uuid4(),
      clock: () => performance.now(),
      date: () => new Date().toISOString(),
      later: (ms, callback) => void setTimeout(callback, ms),
      every: (ms, callback) => {
        const timer = setInterval(callback, ms);
        return () => clearInterval(timer);
      },
      explain: fault => settings.t(`capture.fault.${fault}`)
    });
    settings.changed.connect(guarded('capture', () => capture.enable(settings.values.enabled)));
    watchWidgets(capture, notebooks, consoles);
    watchCommands(capture, app);
    watchTerminals(capture, serviceManager);
    watchPage(capture, window);
    const look = guarded('capture', () =>
      capture.onKernels(Array.from(serviceManager.kernels.running(), ({ id }) => id))
    );
    // Rejected where the server can't be asked: then nothing is known of its kernels.
    void serviceManager.kernels.ready.then(look, () => undefined);
    // Plugins that carry events away connect while they activate; Lab has started when all have.
    void app.started.then(guarded('capture', () => capture.open()));
    return capture;
  }
};

function applicationOf(
  services: ServiceManager.IManager,
  notebooks: INotebookTracker | null,
  consoles: IConsoleTracker | null
): Application {
  return {
    widgets: () => {
      const widgets: OpenWidget[] = [];
      notebooks?.forEach(({ context, sessionContext }) => {
        const connection = sessionContext.session?.kernel ?? null;
        widgets.push({ kind: 'notebook', path: withoutSharing(context.path), connection });
      });
      consoles?.forEach(({ console }) => void widgets.push(consoleWidget(console)));
      return widgets;
    },
    sessionPath: kernelId => {
      for (const session of services.sessions.running()) if (session.kernel?.id === kernelId) return session.path;
      return null;
    }
  };
}

/** Cells that are scheduled, and connections that should have been seen. */
function watchWidgets(capture: Capture, notebooks: INotebookTracker | null, consoles: IConsoleTracker | null): void {
  const expect = (context: ISessionContext) => {
    const kernel = context.session?.kernel;
    if (kernel) capture.expect(kernel);
    context.kernelChanged.connect(guarded('capture', (_, { newValue }) => newValue && capture.expect(newValue)));
  };
  notebooks?.forEach(panel => expect(panel.sessionContext));
  notebooks?.widgetAdded.connect(guarded('capture', (_, panel) => expect(panel.sessionContext)));
  consoles?.forEach(panel => expect(panel.sessionContext));
  consoles?.widgetAdded.connect(guarded('capture', (_, panel) => expect(panel.sessionContext)));
  NotebookActions.executionScheduled.connect(
    guarded('capture', (_, { notebook, cell }) => {
      const panel = notebooks?.find(({ content }) => content === notebook);
      const kernelId = panel?.sessionContext.session?.kernel?.id;
      const code = cell.model.sharedModel.getSource();
      if (!panel || !kernelId || !code.trim()) return; // Lab does not send blank cells
      capture.onScheduled({ kernelId, cellId: cell.model.id, path: withoutSharing(panel.context.path), code });
    })
  );
  NotebookActions.executed.connect(guarded('capture', (_, { cell }) => capture.places.done(cell.model.id)));
}

/** Runs a command of Lab for an agent: `{ command, args }`. For extensions that do not want to depend on ours. */
export const RUN_AS_AGENT = 'celltrail:run-as-agent';

// `console:inject` comes from a notebook's selection or from a file's editor; its request is sent in the same turn,
// and `commandExecuted` follows it.
// https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/fileeditor-extension/src/commands.ts (runCode)
function watchCommands(capture: Capture, { commands, serviceManager }: JupyterFrontEnd): void {
  commands.commandExecuted.connect(
    guarded('capture', (_, { id, args, result }) => {
      capture.agents.executed(id, args, result);
      const { code, path } = args as Partial<Record<string, unknown>>;
      if (id === 'console:inject' && typeof code === 'string' && typeof path === 'string') {
        capture.onInjected(code, path);
      }
    })
  );
  serviceManager.events.stream.connect(
    guarded('capture', (_, { schema_id, name }) => {
      if (schema_id === AGENT_ASKS && typeof name === 'string') capture.agents.asked(name);
    })
  );
  commands.addCommand(RUN_AS_AGENT, {
    execute: given => {
      const { command, args } = given as { command: string; args?: ReadonlyPartialJSONObject };
      return capture.asAgent(() => commands.execute(command, args));
    }
  });
}

function watchTerminals(capture: Capture, { terminals, serverSettings }: ServiceManager.IManager): void {
  if (!terminals.isAvailable()) return;
  let server: string | null = null;
  const look = guarded('capture', () => {
    if (server !== null) capture.onTerminals(Array.from(terminals.running(), ({ name }) => name), server); // prettier-ignore
  });
  terminals.runningChanged.connect(look);
  // Rejected where the server has no terminals: then there is nothing to look at.
  void Promise.all([serverOf(serverSettings), terminals.ready]).then(
    ([found]) => {
      server = found;
      look();
    },
    () => undefined
  );
}

/** The server's address and when it started: the names of terminals begin anew with it. */
async function serverOf(settings: ServerConnection.ISettings): Promise<string> {
  const address = PageConfig.getBaseUrl();
  try {
    const response = await ServerConnection.makeRequest(`${address}api/status`, {}, settings);
    const { started } = (await response.json()) as { started?: unknown };
    return typeof started === 'string' ? `${address} ${started}` : address;
  } catch (error) {
    // A server that tells nothing of itself: its terminals are told apart by name and time alone.
    console.debug('Celltrail: the server does not say when it started', error);
    return address;
  }
}

function watchPage(capture: Capture, page: Window): void {
  page.addEventListener(
    'pagehide',
    guarded('capture', () => capture.close())
  );
  page.addEventListener(
    'pageshow',
    guarded('capture', (event: PageTransitionEvent) => {
      if (event.persisted) capture.reopen();
    })
  );
}

export default plugin;
