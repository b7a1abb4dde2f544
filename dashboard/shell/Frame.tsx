import { Suspense, useEffect, useRef, useState } from 'react';
import { useLive } from '../live.js';
import { screenOf } from '../screens/index.js';
import { Boundary } from './Boundary.js';
import { Header } from './Header.js';
import { KeysDialog } from './KeysDialog.js';
import { useWords } from './language.js';
import { NotFound } from './NotFound.js';
import { usePath, useTitle } from './route.js';
import { usePortalKeys } from './use-portal-keys.js';
import styles from './Frame.module.css';

/** The portal around its screens: skip link, header, the screen of the path, what the keys do. */
export function Frame() {
  const { t } = useWords();
  const live = useLive();
  const path = usePath();
  const screen = screenOf(path);
  const main = useMainFocus(path);
  const [explained, setExplained] = useState(false);
  const keys = usePortalKeys(() => setExplained(true));
  useTitle(`${t(screen ? screen.name : 'shell.notFound')} · ${t('product.name')}`);
  const Shown = screen?.component ?? NotFound;
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <Header live={live} path={path} onKeys={() => setExplained(true)} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Boundary key={path} title={t('shell.crashed')} fix={t('shell.crashed.fix')}>
          <Suspense fallback={null}>
            <Shown />
          </Suspense>
        </Boundary>
      </main>
      {explained && <KeysDialog enabled={keys.enabled} onEnable={keys.enable} onClose={() => setExplained(false)} />}
    </>
  );
}

// A new screen gets the focus, as a newly loaded page would, so that a keyboard or a screen reader starts there.
function useMainFocus(path: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return main;
}
