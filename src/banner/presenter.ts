import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ISessionContext } from '@jupyterlab/apputils';
import { DisposableSet, DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { guarded } from '../guarded.js';
import type { ShownStarts } from './starts.js';
import { Banner, type BannerView } from './widget.js';

/** What a notebook's presenter needs. */
export interface PresenterParts {
  panel: NotebookPanel;
  starts: ShownStarts;
  /** what to show; null: the banner is switched off */
  view: () => BannerView | null;
}

/**
 * Shows the banner above one notebook when its kernel starts or restarts. Lab tells of a start by `kernelChanged`,
 * of a restart by the status `restarting` (asked for) or `autorestarting` (the kernel died), with the same id.
 */
export class Presenter implements IDisposable {
  constructor(private readonly parts: PresenterParts) {
    const context = parts.panel.sessionContext;
    const onKernel = guarded('banner', () => this.check());
    const onStatus = guarded('banner', (_: ISessionContext, status: string) => this.follow(status));
    context.kernelChanged.connect(onKernel);
    context.statusChanged.connect(onStatus);
    this.connections.add(
      new DisposableDelegate(() => {
        context.kernelChanged.disconnect(onKernel);
        context.statusChanged.disconnect(onStatus);
      })
    );
    this.check();
  }

  get isDisposed(): boolean {
    return this.connections.isDisposed;
  }

  /** Show what changed, if the banner is there. */
  refresh(): void {
    const view = this.parts.view();
    if (view) this.banner?.say(view);
    else this.dismiss();
  }

  dispose(): void {
    this.connections.dispose();
    this.dismiss();
  }

  private follow(status: string): void {
    const { id } = this.parts.panel.sessionContext.session?.kernel ?? {};
    if (id !== undefined && (status === 'restarting' || status === 'autorestarting')) this.parts.starts.restarted(id);
    else if (status === 'starting' || status === 'idle' || status === 'busy') this.check();
  }

  private check(): void {
    const { panel, starts, view } = this.parts;
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel || kernel.isDisposed || starts.has(kernel.id)) return;
    starts.add(kernel.id);
    const shown = view();
    if (!shown) return;
    if (!this.banner) {
      this.banner = new Banner(guarded('banner', () => this.dismiss()));
      panel.contentHeader.insertWidget(0, this.banner);
    }
    this.banner.say(shown);
  }

  private dismiss(): void {
    const { banner } = this;
    this.banner = null;
    if (!banner) return;
    const hadFocus = banner.hasFocus;
    banner.dispose();
    // Else the keyboard would fall back to the page's beginning.
    if (hadFocus && !this.parts.panel.isDisposed) this.parts.panel.content.activate();
  }

  private banner: Banner | null = null;
  private readonly connections = new DisposableSet();
}
