import type { Translate } from '@celltrail/protocol/locales';
import { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { RefusalGroup } from './refusals.js';
import { RefusedList } from './refused-list.js';
import type { Row } from './words.js';

/** What the explanation shows. */
export interface ExplanationView {
  t: Translate;
  direction: 'ltr' | 'rtl';
  sentence: string;
  rows: readonly Row[];
  /** what the server refused for good */
  refusals: readonly RefusalGroup[];
  isCopied: boolean;
  /** the portal's health screen */
  healthUrl: string;
}

/** The explanation behind the item: what is on, what waits, what to do. Follows the state while it is open. */
export class Explanation extends Widget {
  /**
   * @param onRetry called when a person wants to try at once
   * @param onCopy called when a person wants the refused events as JSON
   */
  constructor(onRetry: () => void, onCopy: () => void) {
    super();
    this.refused = new RefusedList(onCopy);
    this.addClass('celltrail-Explanation');
    this.sentence.className = 'celltrail-Explanation-sentence';
    this.sentence.setAttribute('role', 'status');
    this.retry.type = 'button';
    this.retry.className = 'jp-Dialog-button jp-mod-styled jp-mod-reject';
    this.retry.addEventListener('click', onRetry);
    this.health.target = '_blank';
    this.health.rel = 'noopener';
    const actions = document.createElement('div');
    actions.className = 'celltrail-Explanation-actions';
    actions.append(this.retry, this.health);
    this.node.append(this.sentence, this.list, this.refused.node, actions);
  }

  /** Show the state as it is now. The buttons stay where they are, so that focus is not lost. */
  say(view: ExplanationView): void {
    this.node.dir = view.direction;
    setText(this.sentence, view.sentence);
    setText(this.retry, view.t('explain.retry'));
    setText(this.health, view.t('explain.health'));
    this.health.href = view.healthUrl;
    this.list.replaceChildren(...view.rows.flatMap(line));
    this.refused.say(view.t, view.refusals, view.isCopied);
  }

  private readonly sentence = document.createElement('p');
  private readonly list = document.createElement('dl');
  private readonly refused: RefusedList;
  private readonly retry = document.createElement('button');
  private readonly health = document.createElement('a');
}

/** Opens the explanation as a dialog of Lab: it traps focus and closes with Escape. */
export function openExplanation(body: Explanation, t: Translate, direction: 'ltr' | 'rtl'): Dialog<unknown> {
  const title = t('explain.title');
  const buttons = [Dialog.okButton({ label: t('explain.close') })];
  const dialog = new Dialog<unknown>({ title, body, buttons, hasClose: true });
  dialog.addClass('celltrail-ExplanationDialog');
  dialog.node.setAttribute('aria-label', title);
  dialog.node.dir = direction;
  return dialog;
}

function line(row: Row): HTMLElement[] {
  const term = document.createElement('dt');
  term.textContent = row.term;
  const text = document.createElement('dd');
  text.dataset['row'] = row.id;
  const holder = row.isolated ? document.createElement('bdi') : text;
  holder.textContent = row.text;
  if (holder !== text) text.append(holder);
  return [term, text];
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
