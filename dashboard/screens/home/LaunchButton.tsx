import { Button, VisuallyHidden } from '@mantine/core';
import { describeFailure } from '../../parts/failure.js';
import { Icon } from '../../parts/icons.js';
import { usePortalSettings } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import styles from './LaunchButton.module.css';

const SETTING = 'AUDIT_LAB_URL';

/** Opens JupyterLab in a new tab; without an address it says why it can't, and what to set. */
export function LaunchButton() {
  const { t } = useWords();
  const { data, error } = usePortalSettings();
  const look = { size: 'md', leftSection: <Icon name="play" />, rightSection: <Icon name="external" size={14} /> };
  if (data?.labUrl) {
    return (
      <Button {...look} component="a" href={data.labUrl} target="_blank" rel="noopener">
        {t('home.launch')}
        <VisuallyHidden>{` (${t('home.launch.newTab')})`}</VisuallyHidden>
      </Button>
    );
  }
  const [before, after] = t('home.launch.fix').split('{name}');
  return (
    <div className={styles.shut}>
      <Button {...look} disabled aria-describedby="launch-reason">
        {t('home.launch')}
      </Button>
      <p id="launch-reason" className={styles.reason}>
        {error && describeFailure(error, t).says}
        {data && (
          <>
            {t('home.launch.absent')} {before}
            <bdi dir="ltr">
              <code>{SETTING}</code>
            </bdi>
            {after}
          </>
        )}
      </p>
    </div>
  );
}
