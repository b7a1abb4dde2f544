import { useEffect, useRef } from 'react';
import { type MessageKey } from '@celltrail/protocol/locales';
import { SCREENS } from '../screens/index.js';
import { useWords } from './language.js';
import styles from './KeysDialog.module.css';

interface KeysDialogProps {
  /** whether single keys do anything */
  enabled: boolean;
  onEnable: (enabled: boolean) => void;
  onClose: () => void;
}

const ALWAYS: readonly (readonly [string, MessageKey])[] = [
  ['/', 'keys.search'],
  ['j', 'keys.next'],
  ['k', 'keys.previous'],
  ['Enter', 'keys.open'],
  ['?', 'keys.help']
];

/** What every key does; and the switch that turns them off, for those whose software speaks letters (WCAG 2.1.4). */
export function KeysDialog({ enabled, onEnable, onClose }: KeysDialogProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const screens = SCREENS.flatMap(({ key, name }) => (key ? [[`g ${key}`, name] as const] : []));
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title" className={styles.title}>
        {t('keys.title')}
      </h2>
      <dl className={styles.list}>
        {[...ALWAYS, ...screens].map(([keys, words]) => (
          <div key={keys} className={styles.line}>
            <dt dir="ltr">
              {keys.split(' ').map(key => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <input type="checkbox" checked={enabled} onChange={event => onEnable(event.target.checked)} />
        {t('keys.enabled')}
      </label>
      <form method="dialog" className={styles.end}>
        <button className={styles.close}>{t('keys.close')}</button>
      </form>
    </dialog>
  );
}
