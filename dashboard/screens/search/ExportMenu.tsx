import { type ExportFormat } from '@celltrail/protocol';
import { Disclosure } from '../../parts/Disclosure.js';
import { useWords } from '../../shell/language.js';
import styles from './ExportMenu.module.css';

const FORMATS: readonly ExportFormat[] = ['csv', 'jsonl', 'parquet'];

/** What the search finds, whole, as a file in one of three formats: plain links, so that the browser saves as it comes. */
export function ExportMenu({ query, tz }: { query: string; tz: string }) {
  const { t } = useWords();
  return (
    <Disclosure name={t('search.export')} icon="download" align="end">
      {close => (
        <>
          <ul className={styles.formats}>
            {FORMATS.map(format => (
              <li key={format}>
                <a
                  className={styles.format}
                  href={`/api/export?${new URLSearchParams({ format, q: query, tz })}`}
                  download
                  onClick={close}
                >
                  <bdi dir="ltr" className={styles.name}>
                    {t(`search.export.${format}`)}
                  </bdi>
                  <span className={styles.says}>{t(`search.export.${format}.says`)}</span>
                </a>
              </li>
            ))}
          </ul>
          <p className={styles.note}>{t('search.export.note')}</p>
        </>
      )}
    </Disclosure>
  );
}
