import { Message } from '../../parts/Message.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useMe } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { CoverageCard } from './CoverageCard.js';
import { PeopleCard } from './PeopleCard.js';
import { RunningCard } from './RunningCard.js';
import styles from './AdminScreen.module.css';

/** `/portal/admin`: who does what, what runs now, and who is not recorded. */
export default function AdminScreen() {
  const { t } = useWords();
  const { data: me } = useMe();
  return (
    <>
      <ScreenHead title={t('admin.title')} lead={t('admin.lead')} />
      {me?.role === 'analyst' ? (
        <Message icon="person" tone="calm" title={t('problem.admin-only')}>
          {null}
        </Message>
      ) : (
        <div className={styles.cards}>
          <RunningCard />
          <CoverageCard />
          <PeopleCard />
        </div>
      )}
    </>
  );
}
