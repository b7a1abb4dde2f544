import { useId } from 'react';
import { Icon } from '../../parts/icons.js';
import { wordsFor } from '../../parts/words-for.js';
import { useWords } from '../../shell/language.js';
import { type Suggestion } from './completion.js';
import { useBox } from './use-box.js';
import styles from './SearchBox.module.css';

interface SearchBoxProps {
  /** the search that is shown */
  value: string;
  onSearch: (query: string) => void;
}

/** The one box: words, "exact texts", qualifiers; what can be written next is offered as one types. */
export function SearchBox({ value, onSearch }: SearchBoxProps) {
  const { t } = useWords();
  const list = useId();
  const { input, text, suggestions, active, visible, take, search, type, onKeyDown, place, show, hide } = useBox(
    value,
    onSearch
  );
  return (
    <form
      role="search"
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        search();
      }}
    >
      <div className={styles.box}>
        <Icon name="search" className={styles.icon} />
        <input
          ref={input}
          className={styles.input}
          dir="ltr"
          type="text"
          role="combobox"
          aria-label={t('search.box')}
          aria-expanded={visible}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={visible && active >= 0 ? `${list}-${active}` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={t('search.placeholder')}
          data-search-box
          value={text}
          onChange={event => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={place}
          onClick={show}
          onBlur={hide}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className={styles.submit}>
          {t('search.deed')}
        </button>
      </div>
      <Suggestions id={list} list={suggestions} active={active} onTake={take} />
    </form>
  );
}

interface SuggestionsProps {
  id: string;
  list: readonly Suggestion[];
  /** index of the one that Enter takes; -1 for none */
  active: number;
  onTake: (suggestion: Suggestion) => void;
}

function Suggestions({ id, list, active, onTake }: SuggestionsProps) {
  const { t } = useWords();
  return (
    <ul id={id} role="listbox" aria-label={t('search.suggestions')} className={styles.list} hidden={!list.length}>
      {list.map((suggestion, index) => (
        <li
          key={suggestion.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          // Before the box loses the focus, which would close the list.
          onPointerDown={event => {
            event.preventDefault();
            onTake(suggestion);
          }}
        >
          <SuggestionWords suggestion={suggestion} />
        </li>
      ))}
    </ul>
  );
}

function SuggestionWords({ suggestion: { text, qualifier, count } }: { suggestion: Suggestion }) {
  const { t, format } = useWords();
  const hint = qualifier === null ? null : wordsFor(`search.qualifier.${qualifier}`, t);
  return (
    <>
      <bdi dir="ltr" className={styles.written}>
        {text}
      </bdi>
      <span className={styles.hint}>{hint ?? (count === null ? '' : format.count(count))}</span>
    </>
  );
}
