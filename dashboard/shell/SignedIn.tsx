import { VisuallyHidden } from '@mantine/core';
import { Icon } from '../parts/icons.js';
import { useMe } from './installation.js';
import { useWords } from './language.js';
import styles from './SignedIn.module.css';

/** Who the server takes this person for, and what they may do. */
export function SignedIn() {
  const { t } = useWords();
  const { data: me } = useMe();
  return (
    <span className={styles.who}>
      {me && (
        <>
          <Icon name="person" />
          <VisuallyHidden>{t('shell.signedIn')}</VisuallyHidden>
          <bdi className={styles.name}>{me.username}</bdi>
          <span className={styles.role}>{t(`shell.role.${me.role}`)}</span>
        </>
      )}
    </span>
  );
}
