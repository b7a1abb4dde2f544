import { Widget } from '@lumino/widgets';
import type { Message } from '@lumino/messaging';

/** The place at the side. What is in it is loaded when it is shown for the first time. */
export class SidePanel extends Widget {
  /** @param load gives the content; asked for once, and again when it failed */
  constructor(private readonly load: () => Promise<Widget | undefined> | undefined) {
    super();
    this.id = 'celltrail-panel';
    this.addClass('celltrail-Panel');
    this.node.setAttribute('role', 'region');
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.fill();
  }

  private async fill(): Promise<void> {
    if (this.content || this.filling) return;
    this.filling = true;
    const content = await this.load();
    this.filling = false;
    if (!content || this.isDisposed) return;
    this.content = content;
    Widget.attach(content, this.node);
  }

  override dispose(): void {
    this.content?.dispose();
    super.dispose();
  }

  private content: Widget | null = null;
  private filling = false;
}
