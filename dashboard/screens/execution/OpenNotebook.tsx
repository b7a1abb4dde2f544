import { Icon } from '../../parts/icons.js';
import { usePortalSettings } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { notebookAddress } from './notebook-address.js';
import styles from './OpenNotebook.module.css';

/** The way to the notebook in JupyterLab; nothing where either is not known. */
export function OpenNotebook({ path }: { path: string | null }) {
  const { t } = useWords();
  const { data } = usePortalSettings();
  if (path === null || !data?.labUrl) return null;
  return (
    <a className={styles.open} href={notebookAddress(data.labUrl, path)} target="_blank" rel="noopener">
      <Icon name="external" />
      {t('execution.openNotebook')}
    </a>
  );
}
