import { MAX_TEXT_LENGTH } from '@celltrail/protocol';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { UUID } from '@lumino/coreutils';
import { browserId } from '../browser-id.js';
import { faults, guarded } from '../guarded.js';
import { localStorageOf } from '../kept.js';
import { ICapture, IOutbox, ISettings } from '../tokens.js';
import { EXTENSION_VERSION } from '../version.js';
import { ONLINE_SPREAD_MS } from './backoff.js';
import { LAST_WORDS, LastWords } from './last-words.js';
import { openInPage, openThread } from './link.js';
import { PageOutbox } from './page-outbox.js';
import { startWorker } from './start-worker.js';
import { browserSurroundings } from './surroundings.js';

const plugin: JupyterFrontEndPlugin<IOutbox> = {
  id: 'jupyterlab-celltrail:outbox',
  description: 'Keeps the captured events on disk until the audit server has them.',
  autoStart: true,
  provides: IOutbox,
  requires: [ICapture, ISettings],
  activate: (app: JupyterFrontEnd, capture: ICapture, settings: ISettings) => {
    const browser_id = browserId(localStorageOf(window), () => UUID.uuid4());
    const outbox = new PageOutbox({
      surroundings: browserSurroundings,
      pageId: capture.pageId,
      destination: () => {
        const { endpoint, configuredUser, token } = settings.values;
        return { endpoint, configuredUser, token };
      },
      bounds: () => settings.values.outbox,
      page: () => ({
        page_id: capture.pageId,
        extension_version: EXTENSION_VERSION,
        lab_version: app.version,
        last_seq: capture.sequence,
        capturing: capture.capturing,
        browser_id,
        // An outbox that throws loses events as surely as a capture that does.
        fault: (capture.faultCode ?? faults.of('outbox'))?.slice(0, MAX_TEXT_LENGTH) ?? null
      }),
      record: statement => capture.record(statement),
      randomId: () => UUID.uuid4(),
      ways: [openThread(startWorker), openInPage],
      lastWords: new LastWords(localStorageOf(window)),
      onDetour: reason => console.info(`Celltrail: the outbox works in the page's own thread: ${reason}`)
    });
    capture.events.connect(guarded('outbox', (_, event) => outbox.take(event)));
    capture.stateChanged.connect(guarded('outbox', () => outbox.beat()));
    let { endpoint } = settings.values;
    settings.changed.connect(
      guarded('outbox', (_, values) => {
        outbox.rebound();
        if (values.endpoint === endpoint) return;
        endpoint = values.endpoint;
        outbox.redirect();
      })
    );
    window.addEventListener(
      'online',
      guarded('outbox', () => outbox.hurry(ONLINE_SPREAD_MS))
    );
    // Not `unload`: it keeps pages out of the back/forward cache, and phones never fire it.
    window.addEventListener(
      'pagehide',
      guarded('outbox', () => outbox.leave())
    );
    window.addEventListener(
      'pageshow',
      guarded('outbox', () => outbox.stay())
    );
    // Another tab of this profile went: it wrote there.
    window.addEventListener(
      'storage',
      guarded('outbox', (event: StorageEvent) => {
        if (event.newValue !== null && event.key?.startsWith(`${LAST_WORDS}:`)) outbox.adopt();
      })
    );
    return outbox;
  }
};
export default plugin;
