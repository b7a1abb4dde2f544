import { useState } from 'react';
import { Icon } from '../../parts/icons.js';
import { PressButton } from '../../parts/PressButton.js';
import { useWords } from '../../shell/language.js';
import { useSaved } from './saved.js';
import styles from './Saved.module.css';

/** The searches this browser keeps; one can be taken back that was dropped. */
export function Saved({ query, onSearch }: { query: string; onSearch: (query: string) => void }) {
  const { t } = useWords();
  const { list, save, drop } = useSaved();
  const [dropped, setDropped] = useState<string | null>(null);
  const canSave = query !== '' && !list.includes(query);
  return (
    <div className={styles.saved} role="group" aria-label={t('search.saved')}>
      {list.map(each => (
        <span key={each} className={styles.one}>
          <button type="button" className={styles.name} title={each} onClick={() => onSearch(each)}>
            <bdi dir="ltr">{each}</bdi>
          </button>
          <button
            type="button"
            className={styles.drop}
            aria-label={t('search.saved.drop', { query: each })}
            onClick={() => {
              drop(each);
              setDropped(each);
            }}
          >
            <Icon name="cross" size={12} />
          </button>
        </span>
      ))}
      {canSave && <PressButton icon="star" tone="quiet" name={t('search.save')} onPress={() => save(query)} />}
      <span role="status">
        {dropped !== null && !list.includes(dropped) && (
          <PressButton
            tone="quiet"
            icon="refresh"
            name={t('search.saved.undo')}
            onPress={() => {
              save(dropped);
              setDropped(null);
            }}
          />
        )}
      </span>
    </div>
  );
}
