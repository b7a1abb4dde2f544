import { useRef, useState, type KeyboardEvent } from 'react';
import { completed, wordAt, type Suggestion } from './completion.js';
import { useSuggestions } from './use-suggestions.js';

/** What the search box holds and does: its text, where the caret is, what is offered. @param value the search shown */
export function useBox(value: string, onSearch: (query: string) => void) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [shownValue, setShownValue] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  if (value !== shownValue) {
    // Another search from elsewhere: a facet, a saved one, the back button.
    setShownValue(value);
    setText(value);
    setOpen(false);
  }
  const word = wordAt(text, caret);
  const suggestions = useSuggestions(word, open);
  const visible = open && suggestions.length > 0;

  const take = (suggestion: Suggestion) => {
    const next = completed(text, word, suggestion);
    setText(next.text);
    setCaret(next.caret);
    setActive(-1);
    setOpen(suggestion.qualifier !== null);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const search = () => {
    setOpen(false);
    onSearch(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = visible ? suggestions[active] : undefined;
    if (event.key === 'Enter' || (event.key === 'Tab' && chosen)) {
      event.preventDefault();
      if (chosen) take(chosen);
      else search();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!visible) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + suggestions.length + 1) % (suggestions.length + 1));
    }
  };
  return {
    input,
    text,
    suggestions: visible ? suggestions : [],
    active,
    visible,
    take,
    search,
    onKeyDown,
    type: (next: string, at: number) => {
      setText(next);
      setCaret(at);
      setActive(-1);
      setOpen(true);
    },
    place: () => setCaret(input.current?.selectionStart ?? text.length),
    show: () => setOpen(true),
    hide: () => setOpen(false)
  };
}
