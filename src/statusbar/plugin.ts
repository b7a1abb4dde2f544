import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import { faults, guarded } from '../guarded.js';
import { ICapture, IOutbox, ISettings, type Refusal } from '../tokens.js';
import { whenOther } from '../when-other.js';
import { Explanation, openExplanation } from './explanation.js';
import { groupRefusals, refusalsText } from './refusals.js';
import { StatusItem } from './item.js';
import { explanation, itemFacts, itemWords, rows, type Subject } from './words.js';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-celltrail:statusbar',
  description: 'Shows in the status bar whether executions are recorded, and explains why not.',
  autoStart: true,
  requires: [ISettings, ICapture, IOutbox],
  optional: [IStatusBar],
  activate: (
    _app: JupyterFrontEnd,
    settings: ISettings,
    capture: ICapture,
    outbox: IOutbox,
    statusBar: IStatusBar | null
  ) => {
    if (!statusBar) return;
    let open: Explanation | null = null;
    let refusals: readonly Refusal[] = [];
    let isCopied = false;
    /** how many were refused when they were asked for last */
    let listed = 0;
    const subject = (): Subject => ({
      // An outbox that throws loses events as surely as a capture that does.
      capture: { capturing: capture.capturing, fault: capture.fault ?? faults.of('outbox') },
      outbox: outbox.state,
      endpoint: settings.values.endpoint
    });
    const explain = (): void => {
      if (open) return;
      const body = new Explanation(
        guarded('statusbar', () => outbox.retry()),
        guarded('statusbar', () => {
          Clipboard.copyToSystem(refusalsText(refusals));
          isCopied = true;
          say();
        })
      );
      open = body;
      [refusals, isCopied, listed] = [[], false, 0];
      look();
      const forget = (): void => {
        open = null;
      };
      say();
      // A dialog that was dismissed by its page going away is closed all the same.
      openExplanation(body, settings.t, settings.direction).launch().then(forget, forget);
    };
    // Asked for only while somebody looks: they may be many.
    const look = guarded('statusbar', () => {
      const { refused } = outbox.state;
      if (open === null || refused === listed) return;
      listed = refused;
      void outbox.refusals().then(
        guarded('statusbar', (found: readonly Refusal[]) => {
          [refusals, isCopied] = [found, false];
          say();
        })
      );
    });
    const item = new StatusItem(guarded('statusbar', explain));
    const sayItem = whenOther(
      () => ({ t: settings.t, direction: settings.direction, ...itemFacts(subject()) }),
      ({ t, direction, ...facts }) => item.say(itemWords(t, facts), direction)
    );
    const say = guarded('statusbar', () => {
      const { t, direction, values } = settings;
      sayItem();
      open?.say({
        t,
        direction,
        sentence: explanation(t, subject()),
        rows: rows(t, values.language, subject()),
        refusals: groupRefusals(refusals),
        isCopied,
        healthUrl: `${values.endpoint}/portal/health`
      });
    });
    say();
    const sources = [settings.changed, capture.stateChanged, outbox.changed, faults.changed];
    for (const source of sources) source.connect(say);
    outbox.changed.connect(look);
    item.disposed.connect(() => {
      outbox.changed.disconnect(look);
      for (const source of sources) source.disconnect(say);
    });
    statusBar.registerStatusItem(plugin.id, { item, align: 'left', rank: 900, isActive: () => true });
  }
};
export default plugin;
