import { parseSearch, type SearchAnswer, type SearchFault } from '@celltrail/protocol';
import { ownTimeZone } from '../../format.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { Message } from '../../parts/Message.js';
import { PressButton } from '../../parts/PressButton.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { isZone } from '../../parts/range/range.js';
import { useRole } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { useParameters } from '../../shell/route.js';
import { ExportMenu } from './ExportMenu.js';
import { Facets, FacetsSkeleton } from './Facets.js';
import { useFacets, useSearch } from './questions.js';
import { Saved } from './Saved.js';
import { SearchBox } from './SearchBox.js';
import styles from './SearchScreen.module.css';

/** `/portal/search?q=…`: one box over everything on record; its address reproduces it. */
export default function SearchScreen() {
  const { t } = useWords();
  const { values, set } = useParameters();
  const everyone = useRole() !== 'analyst';
  const query = values.get('q') ?? '';
  const wished = values.get('tz');
  const tz = wished !== null && isZone(wished) ? wished : ownTimeZone();
  const { fault } = parseSearch(query);
  const asked = fault ? null : query;
  const found = useSearch(asked, tz);
  const facets = useFacets(asked, tz);
  // The zone stands in the address, so that days mean the same to whoever gets it.
  const search = (q: string) => set({ q: q || null, tz: q.includes('created:') ? tz : null });
  return (
    <>
      <ScreenHead title={t('search.title')} lead={t(everyone ? 'search.lead.everyone' : 'search.lead')} />
      <SearchBox value={query} onSearch={search} />
      {fault && <FaultWords fault={fault} query={query} />}
      <div className={styles.tools}>
        <Saved query={query} onSearch={search} />
        {!fault && <ExportMenu query={query} tz={tz} />}
      </div>
      <div className={styles.columns}>
        <aside className={styles.aside} aria-label={t('search.facets')}>
          <Answer asked={facets} loading={<FacetsSkeleton />} brief>
            {data => <Facets facets={data} query={query} everyone={everyone} onSearch={search} />}
          </Answer>
        </aside>
        <Card id="found" title={t('search.found')} aside={<Total answer={found.data?.pages[0]} />}>
          {fault ? (
            <Message icon="question" tone="calm" title={t('search.fault.title')}>
              <p>{t('search.fault.fix')}</p>
            </Message>
          ) : (
            <Answer
              asked={{ ...found, data: found.data?.pages }}
              loading={<RunsSkeleton lines={12} />}
              empty={{ when: pages => pages.every(page => !page.items.length && !page.next), face: <NothingFound /> }}
            >
              {pages => (
                <>
                  <RunTable list={pages.flatMap(({ items }) => items)} labelledBy="found" named={everyone} />
                  <More pages={pages} loading={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
                </>
              )}
            </Answer>
          )}
        </Card>
      </div>
    </>
  );
}

function Total({ answer }: { answer: SearchAnswer | undefined }) {
  const { t } = useWords();
  return (
    <span role="status" className={styles.total}>
      {answer && t(`search.total.${answer.total.relation}`, { count: answer.total.value })}
    </span>
  );
}

function More({ pages, loading, onMore }: { pages: SearchAnswer[]; loading: boolean; onMore: () => void }) {
  const { t, format } = useWords();
  const last = pages.at(-1);
  if (!last?.next) return <p className={styles.end}>{t('search.end')}</p>;
  return (
    <div className={styles.more}>
      {last.searched_to !== null && (
        <p>{t('search.searchedTo', { time: format.moment(last.searched_to, new Date()) })}</p>
      )}
      <PressButton icon="down" name={t('search.more')} busy={loading} onPress={onMore} />
    </div>
  );
}

function FaultWords({ fault: { reason, from, to }, query }: { fault: SearchFault; query: string }) {
  const { t } = useWords();
  return (
    <p className={styles.fault} role="alert">
      {t(`search.fault.${reason}`)}{' '}
      <bdi dir="ltr" className={styles.place}>
        {query.slice(Math.max(0, from - 12), from)}
        <mark>{query.slice(from, to)}</mark>
        {query.slice(to, to + 12)}
      </bdi>
    </p>
  );
}

function NothingFound() {
  const { t } = useWords();
  return (
    <Message icon="search" tone="calm" title={t('search.empty')}>
      <p>{t('search.empty.fix')}</p>
      <p>
        <bdi dir="ltr" className={styles.example}>
          status:error took:&gt;1000 &quot;read_csv&quot; -test
        </bdi>
      </p>
    </Message>
  );
}
