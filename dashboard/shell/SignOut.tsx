import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../client.js';
import { useMe } from './installation.js';
import { useWords } from './language.js';
import styles from './SignOut.module.css';

/** Ends this browser's session, where one was begun by signing in. */
export function SignOut() {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const leaving = useMutation({
    mutationFn: () => client.signOut(),
    // What was read is forgotten, and what is shown is asked anew, by nobody.
    onSettled: () => queries.resetQueries()
  });
  if (me?.auth !== 'token') return null;
  return (
    <button type="button" className={styles.leave} onClick={() => leaving.mutate()}>
      {t('signOut.deed')}
    </button>
  );
}
