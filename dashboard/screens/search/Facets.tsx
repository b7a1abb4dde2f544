import { Skeleton } from '@mantine/core';
import { type Facets as FacetsAnswer } from '@celltrail/protocol';
import { NOTHING } from '../../format.js';
import { wordsFor } from '../../parts/words-for.js';
import { useWords } from '../../shell/language.js';
import { asksFor, toggled } from './query-text.js';
import styles from './Facets.module.css';

const GROUPS = ['status', 'user', 'notebook', 'client'] as const;
/** Values of a group that are shown. */
const MOST = 8;

interface FacetsProps {
  facets: FacetsAnswer;
  query: string;
  /** whether there is more than one person's to find */
  everyone: boolean;
  onSearch: (query: string) => void;
}

/** How what was found is spread; pressing a value narrows the search to it, pressing it again widens it. */
export function Facets({ facets, query, everyone, onSearch }: FacetsProps) {
  const { t, format } = useWords();
  return (
    <div className={styles.facets}>
      {GROUPS.filter(group => (group !== 'user' || everyone) && facets[group].length > 0).map(group => (
        <section key={group} aria-labelledby={`facet-${group}`}>
          <h2 id={`facet-${group}`} className={styles.name}>
            {t(`search.facet.${group}`)}
          </h2>
          <ul className={styles.list}>
            {facets[group].slice(0, MOST).map(({ value, count }) => (
              <li key={value ?? ''}>
                <button
                  type="button"
                  className={styles.value}
                  aria-pressed={value !== null && asksFor(query, group, value)}
                  disabled={value === null}
                  title={value ?? undefined}
                  onClick={() => value !== null && onSearch(toggled(query, group, value))}
                >
                  <FacetWords group={group} value={value} />
                  <span className={styles.count}>{format.count(count)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {facets.total.relation !== 'exact' && (
        <p className={styles.note}>{t('search.facet.counted', { count: facets.counted })}</p>
      )}
    </div>
  );
}

function FacetWords({ group, value }: { group: (typeof GROUPS)[number]; value: string | null }) {
  const { t } = useWords();
  if (value === null) return <span>{NOTHING}</span>;
  const words = group === 'status' || group === 'client' ? wordsFor(`${group}.${value}`, t) : null;
  return words === null ? (
    <bdi className={styles.word}>{group === 'notebook' ? value.split('/').pop() : value}</bdi>
  ) : (
    <span className={styles.word}>{words}</span>
  );
}

/** Holds the place of the facets while they are counted. */
export function FacetsSkeleton() {
  return (
    <div className={styles.facets}>
      {[4, 6, 5].map(lines => (
        <div key={lines}>
          <Skeleton height={12} width={70} my={8} />
          {Array.from({ length: lines }, (_, line) => (
            <Skeleton key={line} height={10} width={`${90 - line * 8}%`} my={12} />
          ))}
        </div>
      ))}
    </div>
  );
}
