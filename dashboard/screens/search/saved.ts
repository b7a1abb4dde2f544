import { useState } from 'react';
import { recall, remember, REMEMBERED } from '../../shell/remembered.js';

/** As many as fit above the results. */
const MOST = 12;

/** The searches that this browser keeps, the last saved first. */
export function useSaved(): { list: readonly string[]; save: (query: string) => void; drop: (query: string) => void } {
  const [list, setList] = useState<readonly string[]>(() => read(recall(REMEMBERED.searches)));
  const keep = (next: readonly string[]) => {
    setList(next);
    remember(REMEMBERED.searches, JSON.stringify(next));
  };
  return {
    list,
    save: query => keep([query, ...list.filter(each => each !== query)].slice(0, MOST)),
    drop: query => keep(list.filter(each => each !== query))
  };
}

/** What was kept, whoever wrote it: anything else than texts is left out. */
export function read(kept: string | null): string[] {
  try {
    const value: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(value) ? value.filter(each => typeof each === 'string').slice(0, MOST) : [];
  } catch {
    return []; // somebody else's text under our name is as good as none
  }
}
