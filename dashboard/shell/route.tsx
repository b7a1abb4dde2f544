import {
  useCallback,
  useEffect,
  useMemo,
  useSyncExternalStore,
  type AnchorHTMLAttributes,
  type MouseEvent
} from 'react';

const MOVED = 'celltrail:moved';

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

/** The path shown now, without a trailing slash. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname.replace(/\/+$/, '') || '/');
}

/** What a screen keeps in its address, so that the address reproduces it. */
export interface Parameters {
  readonly values: URLSearchParams;
  /**
   * Changes some of them; null takes one away. What stays the same is no step back in the browser's history.
   * @param replace whether the step before is not to be come back to: what changes with every key pressed
   */
  set: (change: Readonly<Record<string, string | null>>, replace?: boolean) => void;
}

/** The parameters of the address. */
export function useParameters(): Parameters {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const values = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback((change: Readonly<Record<string, string | null>>, replace = false) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    const address = location.pathname + (next.size ? `?${next}` : '');
    if (address === location.pathname + location.search) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
    dispatchEvent(new Event(MOVED));
  }, []);
  return useMemo(() => ({ values, set }), [values, set]);
}

/** Goes to another screen, or to the same one with other parameters, without loading the page anew. */
export function navigate(address: string): void {
  if (address === location.pathname + location.search) return;
  const samePath = address.split('?')[0] === location.pathname;
  history.pushState(null, '', address);
  dispatchEvent(new Event(MOVED));
  if (!samePath) scrollTo(0, 0);
}

/** A link to a screen; with a modifier key or another button it behaves as every link does. */
export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}

/** Names the document after the screen that is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
