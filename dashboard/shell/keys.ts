import { useEffect, useRef } from 'react';

/** How long after `g` the second key still counts, in ms. */
export const SEQUENCE_MS = 1500;

/** What a key does, by the key (`j`, `/`) or by two of them one after the other (`g a`). */
export type Bindings = Readonly<Record<string, () => void>>;

/** What of a key press decides: where it goes, and with what. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'>;

/**
 * The key's name as {@link Bindings} have it. By the key's place, so that it is the same on a Persian keyboard.
 * @returns null for what is not ours: with a modifier, or typed into a field
 */
export function nameOfKey(press: Press): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey || isTypedInto(press.target)) return null;
  if (press.code === 'Slash' || press.key === '/' || press.key === '?') {
    return press.shiftKey || press.key === '?' ? '?' : '/';
  }
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  return letter && !press.shiftKey ? letter.toLowerCase() : null;
}

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select');
}

/** Does what {@link Bindings} say while the part is shown. @param enabled false: no key does anything */
export function useKeys(bindings: Bindings, enabled = true): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => {
    if (!enabled) return;
    let first: { key: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      const key = nameOfKey(event);
      if (key === null || event.defaultPrevented) return;
      const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : null;
      const deed = (sequence !== null && current.current[sequence]) || current.current[key];
      first = deed ? null : { key, at: event.timeStamp };
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [enabled]);
}

/** Moves the focus to the next (1) or the one before (-1) of the things that can be opened on the screen. */
export function moveFocus(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('main [data-openable]')].filter(each => each.isConnected);
  if (!all.length) return;
  const at = all.findIndex(each => each === document.activeElement);
  const next = at < 0 ? (step === 1 ? 0 : all.length - 1) : at + step;
  const found = all[Math.min(Math.max(next, 0), all.length - 1)];
  found?.focus();
  found?.scrollIntoView?.({ block: 'nearest' });
}

/** Puts the focus into the screen's search box. @returns false when it has none */
export function focusSearch(): boolean {
  const box = document.querySelector<HTMLInputElement>('main [data-search-box]');
  box?.focus();
  box?.select();
  return box !== null;
}
