import { VisuallyHidden } from '@mantine/core';
import { type LiveState } from '../live.js';
import { isForMany, SCREENS } from '../screens/index.js';
import { Icon } from '../parts/icons.js';
import { useRole } from './installation.js';
import { useWords } from './language.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { LiveIndicator } from './LiveIndicator.js';
import { Link } from './route.js';
import { SignedIn } from './SignedIn.js';
import { SignOut } from './SignOut.js';
import { ThemeSwitch } from './ThemeSwitch.js';
import mark from './mark.svg';
import styles from './Header.module.css';

/** Product, who is signed in, whether the portal is live, language and appearance; beneath them the screens. */
export function Header({ live, path, onKeys }: { live: LiveState; path: string; onKeys: () => void }) {
  const { t } = useWords();
  const role = useRole();
  const shown = SCREENS.filter(screen => !isForMany(screen.path) && (!screen.roles || screen.roles.includes(role)));
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link href="/portal" className={styles.brand}>
          <img src={mark} alt="" width="26" height="26" />
          <bdi>{t('product.name')}</bdi>
        </Link>
        <LiveIndicator state={live} />
        <div className={styles.end}>
          <SignedIn />
          <SignOut />
          <div className={styles.switches}>
            <LanguageSwitch />
            <ThemeSwitch />
            <button type="button" className={styles.keys} title={t('keys.title')} onClick={onKeys}>
              <Icon name="keyboard" />
              <VisuallyHidden>{t('keys.title')}</VisuallyHidden>
            </button>
          </div>
        </div>
      </div>
      <nav aria-label={t('shell.navigation')} className={styles.nav}>
        {shown.map(screen => (
          <Link
            key={screen.path}
            href={screen.path}
            className={styles.tab}
            aria-current={screen.path === path ? 'page' : undefined}
          >
            {t(screen.name)}
          </Link>
        ))}
      </nav>
    </header>
  );
}
