import { useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../client.js';
import { describeFailure } from '../parts/failure.js';
import { Notice } from '../parts/Notice.js';
import { useWords } from './language.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { ThemeSwitch } from './ThemeSwitch.js';
import { useTitle } from './route.js';
import mark from './mark.svg';
import styles from './SignInScreen.module.css';

/** What stands before every screen where people sign in with a token: once for each browser. */
export function SignInScreen() {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const [token, setToken] = useState('');
  useTitle(`${t('signIn.title')} · ${t('product.name')}`);
  const signing = useMutation({
    mutationFn: () => client.signIn(token.trim()),
    // Everything is asked anew, as the one who signed in.
    onSuccess: () => queries.resetQueries()
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim() && !signing.isPending) signing.mutate();
  };
  return (
    <main className={styles.screen}>
      <div className={styles.switches}>
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <form className={styles.card} onSubmit={submit} aria-labelledby="sign-in">
        <img src={mark} alt="" width="40" height="40" />
        <h1 id="sign-in" className={styles.title}>
          {t('signIn.title')}
        </h1>
        <p className={styles.lead}>{t('signIn.lead')}</p>
        {signing.error && <Notice tone="bad">{describeFailure(signing.error, t).says}</Notice>}
        <label htmlFor="token" className={styles.label}>
          {t('signIn.token')}
        </label>
        <input
          id="token"
          className={styles.token}
          dir="ltr"
          type="password"
          name="token"
          autoComplete="current-password"
          required
          autoFocus
          aria-invalid={signing.isError || undefined}
          value={token}
          onChange={event => setToken(event.target.value)}
        />
        <button type="submit" className={styles.deed} aria-busy={signing.isPending || undefined}>
          {t('signIn.deed')}
        </button>
        <p className={styles.hint}>
          {t('signIn.hint')}{' '}
          <bdi dir="ltr" className={styles.command}>
            celltrail token create
          </bdi>
        </p>
      </form>
    </main>
  );
}
