import { Suspense, useEffect, useRef } from 'react';
import { useLive } from '../live.js';
import { SCREENS } from '../screens/index.js';
import { Boundary } from './Boundary.js';
import { Header } from './Header.js';
import { useWords } from './language.js';
import { NotFound } from './NotFound.js';
import { usePath, useTitle } from './route.js';
import styles from './Frame.module.css';

/** The portal around its screens: skip link, header, the screen of the path. */
export function Frame() {
  const { t } = useWords();
  const live = useLive();
  const path = usePath();
  const screen = SCREENS.find(({ path: own }) => own === path);
  const main = useMainFocus(path);
  useTitle(`${t(screen ? screen.name : 'shell.notFound')} · ${t('product.name')}`);
  const Shown = screen?.component ?? NotFound;
  return (
    <>
      <a href="#main" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <Header live={live} path={path} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Boundary key={path} title={t('shell.crashed')} fix={t('shell.crashed.fix')}>
          <Suspense fallback={null}>
            <Shown />
          </Suspense>
        </Boundary>
      </main>
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
