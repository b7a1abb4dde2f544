import { type LiveState } from '../live.js';
import { SCREENS } from '../screens/index.js';
import { useWords } from './language.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { LiveIndicator } from './LiveIndicator.js';
import { Link } from './route.js';
import { SignedIn } from './SignedIn.js';
import { ThemeSwitch } from './ThemeSwitch.js';
import mark from './mark.svg';
import styles from './Header.module.css';

/** Product, who is signed in, whether the portal is live, language and appearance; beneath them the screens. */
export function Header({ live, path }: { live: LiveState; path: string }) {
  const { t } = useWords();
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
          <div className={styles.switches}>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
      </div>
      <nav aria-label={t('shell.navigation')} className={styles.nav}>
        {SCREENS.map(screen => (
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
