import type { Translate } from '@celltrail/protocol/locales';
import type { RefusalGroup } from './refusals.js';

/** The refused events in the explanation: reason, field, how many, and a button that copies them. Hidden while empty. */
export class RefusedList {
  readonly node = document.createElement('section');

  /** @param onCopy called when a person wants them as JSON */
  constructor(onCopy: () => void) {
    this.node.className = 'celltrail-Refused';
    this.copy.type = 'button';
    this.copy.className = 'jp-Dialog-button jp-mod-styled jp-mod-reject';
    this.copy.addEventListener('click', onCopy);
    this.node.append(this.title, this.list, this.copy);
    this.node.hidden = true;
  }

  /** Show these. @param isCopied whether they lie in the clipboard */
  say(t: Translate, groups: readonly RefusalGroup[], isCopied: boolean): void {
    this.node.hidden = groups.length === 0;
    this.title.textContent = t('explain.refusals');
    this.copy.textContent = t(isCopied ? 'explain.refusals.copied' : 'explain.refusals.copy');
    this.list.replaceChildren(...groups.map(group => item(t, group)));
  }

  private readonly title = document.createElement('h3');
  private readonly list = document.createElement('ul');
  private readonly copy = document.createElement('button');
}

// The server speaks English, and a field's path is code: each runs in a direction of its own.
function item(t: Translate, { reason, field, count }: RefusalGroup): HTMLElement {
  const line = document.createElement('li');
  const number = document.createElement('span');
  number.textContent = t('explain.events', { count });
  const why = document.createElement('bdi');
  why.textContent = reason;
  line.append(number, ' · ', why);
  if (field !== null) {
    const where = document.createElement('code');
    where.dir = 'ltr';
    where.textContent = field;
    line.append(' · ', where);
  }
  return line;
}
