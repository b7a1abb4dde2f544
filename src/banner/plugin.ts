import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { faults, guarded } from '../guarded.js';
import { standing } from '../standing.js';
import { ICapture, IOutbox, ISettings } from '../tokens.js';
import { whenOther } from '../when-other.js';
import { Presenter } from './presenter.js';
import { ShownStarts } from './starts.js';
import { bannerLines } from './text.js';
import type { BannerView } from './widget.js';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-celltrail:banner',
  description: 'Tells above a notebook, when its kernel starts, who is signed in and that executions are recorded.',
  autoStart: true,
  requires: [ISettings, ICapture, IOutbox],
  optional: [INotebookTracker],
  activate: (
    app: JupyterFrontEnd,
    settings: ISettings,
    capture: ICapture,
    outbox: IOutbox,
    tracker: INotebookTracker | null
  ) => {
    if (!tracker) return;
    const facts = () => {
      const { t, direction, values } = settings;
      const username = outbox.state.username ?? values.configuredUser ?? labUsername(app) ?? t('banner.user.unknown');
      return { t, direction, values, username, standing: standing({ capture, outbox: outbox.state }) };
    };
    const view = (): BannerView | null => {
      const { t, direction, values, ...subject } = facts();
      if (!values.showBanner) return null;
      const lines = bannerLines(t, { lines: values.banner, ...subject });
      return { lines, direction, label: t('banner.label'), dismiss: t('banner.dismiss') };
    };
    const starts = new ShownStarts(sessionStorageOrNull());
    const presenters = new Map<NotebookPanel, Presenter>();
    const add = guarded('banner', (_: unknown, panel: NotebookPanel) => {
      const presenter = new Presenter({ panel, starts, view });
      presenters.set(panel, presenter);
      panel.disposed.connect(() => {
        presenters.delete(panel);
        presenter.dispose();
      });
    });
    tracker.forEach(panel => add(tracker, panel));
    tracker.widgetAdded.connect(add);
    const refresh = guarded(
      'banner',
      whenOther(facts, () => presenters.forEach(presenter => presenter.refresh()))
    );
    for (const source of [settings.changed, capture.stateChanged, outbox.changed]) source.connect(refresh);
  }
};
export default plugin;

// A Jupyter server without sign-in makes up a name for every browser, whose user name is a bare UUID.
function labUsername(app: JupyterFrontEnd): string | null {
  const username = app.serviceManager.user.identity?.username;
  return username && !/^[0-9a-f]{32}$/.test(username) ? username : null;
}

function sessionStorageOrNull(): Storage | null {
  try {
    return window.sessionStorage;
  } catch (error) {
    faults.report('banner', error);
    return null;
  }
}
