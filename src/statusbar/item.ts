import { Widget } from '@lumino/widgets';
import { standingIcons } from '../icons.js';
import type { ItemWords } from './words.js';

/** The item in the status bar: an icon, a text, a button. */
export class StatusItem extends Widget {
  /** @param onPress called when a person asks for the explanation */
  constructor(onPress: () => void) {
    super();
    this.addClass('celltrail-StatusItem');
    this.button.type = 'button';
    this.button.setAttribute('aria-haspopup', 'dialog');
    this.button.addEventListener('click', onPress);
    this.icon.className = 'celltrail-StatusItem-icon';
    this.icon.setAttribute('aria-hidden', 'true');
    this.button.append(this.icon, this.text);
    this.node.append(this.button);
  }

  /** Show these words. What did not change is left alone, so that screen readers stay calm. */
  say(words: ItemWords, direction: 'ltr' | 'rtl'): void {
    this.node.dir = direction;
    if (this.node.dataset['standing'] !== words.standing) {
      this.node.dataset['standing'] = words.standing;
      standingIcons[words.standing].element({
        container: this.icon,
        elementPosition: 'center',
        height: '14px',
        width: '14px'
      });
    }
    if (this.text.textContent !== words.text) this.text.textContent = words.text;
    this.button.setAttribute('aria-label', words.label);
    this.button.title = words.label;
  }

  private readonly button = document.createElement('button');
  private readonly icon = document.createElement('span');
  private readonly text = document.createElement('span');
}
