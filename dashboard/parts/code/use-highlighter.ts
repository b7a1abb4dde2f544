import { useSyncExternalStore } from 'react';
import { type Highlighter } from './piece.js';

let loaded: Highlighter | null = null;
let loading = false;
const waiting = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  waiting.add(listener);
  if (!loading) {
    loading = true;
    import('./highlight.js').then(
      module => {
        loaded = module.highlight;
        for (const each of waiting) each();
      },
      // Code without colours is code all the same; the next one that asks tries again.
      () => (loading = false)
    );
  }
  return () => void waiting.delete(listener);
}

/** The highlighter; null until it has arrived. It is a chunk of its own, so that the first paint does not wait for it. */
export function useHighlighter(): Highlighter | null {
  return useSyncExternalStore(subscribe, () => loaded);
}
