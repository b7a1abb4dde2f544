import { Widget } from '@lumino/widgets';
import type { Line, Segment } from './text.js';

/** What the banner shows. */
export interface BannerView {
  lines: readonly Line[];
  direction: 'ltr' | 'rtl';
  /** for screen readers */
  label: string;
  dismiss: string;
}

/** The banner above a notebook. It shows text and nothing else: settings bring no markup into the page. */
export class Banner extends Widget {
  /** @param onDismiss called when a person closes it */
  constructor(onDismiss: () => void) {
    super({ node: document.createElement('section') });
    this.addClass('celltrail-Banner');
    this.box.className = 'celltrail-Banner-box';
    this.lines.className = 'celltrail-Banner-lines';
    this.lines.setAttribute('role', 'status');
    this.button.type = 'button';
    this.button.className = 'celltrail-Banner-dismiss';
    this.button.addEventListener('click', onDismiss);
    this.node.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onDismiss();
    });
    this.box.append(this.lines, this.button);
    this.node.append(this.box);
  }

  /** Whether the keyboard is in here. */
  get hasFocus(): boolean {
    return this.node.contains(document.activeElement);
  }

  /** Show these lines. Those that did not change stay, so that only news is read aloud. */
  say(view: BannerView): void {
    const { lines, direction, label, dismiss } = view;
    this.node.dir = direction;
    this.node.setAttribute('aria-label', label);
    this.button.textContent = dismiss;
    const shown = [...this.lines.children];
    lines.forEach((line, index) => {
      const next = lineElement(line, index === lines.length - 1);
      const before = shown[index];
      if (!before) this.lines.append(next);
      else if (!before.isEqualNode(next)) before.replaceWith(next);
    });
    for (const extra of shown.slice(lines.length)) extra.remove();
  }

  protected override onAfterAttach(): void {
    this.observer = new ResizeObserver(([entry]) => {
      if (entry) this.fitTo(entry.borderBoxSize[0]?.blockSize ?? entry.contentRect.height);
    });
    this.observer.observe(this.box);
  }

  protected override onBeforeDetach(): void {
    this.observer?.disconnect();
    this.observer = null;
  }

  // Lab's box layout places its children absolutely and asks only their CSS for a least height. The browser tells it
  // once it knows; asking would make it lay out the page then and there.
  private fitTo(blockSize: number): void {
    const height = `${Math.ceil(blockSize)}px`;
    if (!this.isAttached || this.node.style.minHeight === height) return;
    this.node.style.minHeight = height;
    this.parent?.fit();
  }

  private readonly box = document.createElement('div');
  private readonly lines = document.createElement('div');
  private readonly button = document.createElement('button');
  private observer: ResizeObserver | null = null;
}

// Lines end with a line feed in preformatted text: whoever copies the banner gets it as it is written.
function lineElement(line: Line, isLast: boolean): HTMLElement {
  const element = document.createElement('span');
  element.append(...line.map(segmentNode), isLast ? '' : '\n');
  return element;
}

function segmentNode({ kind, text }: Segment): Node {
  if (kind === 'text') return document.createTextNode(text);
  const isolated = document.createElement('bdi');
  if (kind === 'code') isolated.dir = 'ltr';
  isolated.textContent = text;
  return isolated;
}
