import { ScreenHead } from '../parts/ScreenHead.js';
import { useWords } from './language.js';
import { Link } from './route.js';

/** What an address without a screen shows. */
export function NotFound() {
  const { t } = useWords();
  return <ScreenHead title={t('shell.notFound')} lead={<Link href="/portal">{t('shell.notFound.fix')}</Link>} />;
}
