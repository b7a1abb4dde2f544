import { useInfiniteQuery } from '@tanstack/react-query';
import { type Anomalies, type AnomalyState } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { Message } from '../../parts/Message.js';
import { PressButton } from '../../parts/PressButton.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useRole } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { useParameters } from '../../shell/route.js';
import { AnomalyItem } from './AnomalyItem.js';
import { Report } from './Report.js';
import styles from './AnomaliesScreen.module.css';

const STATES = ['open', 'grown', 'needs_look', 'not_fine', 'fine', 'all'] as const satisfies readonly AnomalyState[];
type State = (typeof STATES)[number];

/** `/portal/anomalies`: what is out of the ordinary, to be judged; and the report of a day. */
export default function AnomaliesScreen() {
  const { t } = useWords();
  const reviewer = useRole() !== 'analyst';
  const { values, set } = useParameters();
  const day = values.get('report');
  return (
    <>
      <ScreenHead
        title={t('anomalies.title')}
        lead={t(reviewer ? 'anomalies.lead' : 'anomalies.lead.own')}
        deed={
          reviewer && (
            <div className={styles.views} role="group" aria-label={t('anomalies.views')}>
              <PressButton name={t('anomalies.queue')} pressed={day === null} onPress={() => set({ report: null })} />
              <PressButton
                name={t('anomalies.report')}
                pressed={day !== null}
                onPress={() => set({ report: day ?? 'today' })}
              />
            </div>
          )
        }
      />
      {day !== null && reviewer ? (
        <Report day={day} onDay={next => set({ report: next })} />
      ) : (
        <Queue reviewer={reviewer} state={readState(values.get('state'))} onState={state => set({ state })} />
      )}
    </>
  );
}

function readState(text: string | null): State {
  return STATES.find(each => each === text) ?? 'open';
}

interface QueueProps {
  reviewer: boolean;
  state: State;
  onState: (state: State | null) => void;
}

function Queue({ reviewer, state, onState }: QueueProps) {
  const { t, format } = useWords();
  const client = useClient();
  const asked = useInfiniteQuery({
    queryKey: ['anomalies', state],
    queryFn: ({ pageParam }) => client.anomalies({ state, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next
  });
  const counts = asked.data?.pages[0]?.counts;
  return (
    <Card
      id="queue"
      title={t('anomalies.queue')}
      aside={
        <div className={styles.states} role="group" aria-label={t('anomalies.states')}>
          {STATES.map(each => (
            <button
              key={each}
              type="button"
              className={styles.state}
              aria-pressed={each === state}
              onClick={() => onState(each === 'open' ? null : each)}
            >
              {t(`anomalies.state.${each}`)}
              {counts && each !== 'all' && <span className={styles.count}>{format.count(counts[each])}</span>}
            </button>
          ))}
        </div>
      }
    >
      <Answer
        asked={{ ...asked, data: asked.data?.pages }}
        loading={<RunsSkeleton lines={6} />}
        empty={{ when: pages => pages.every(({ items }) => !items.length), face: <NothingOdd state={state} /> }}
      >
        {pages => (
          <>
            <Items pages={pages} reviewer={reviewer} />
            {asked.hasNextPage && (
              <div className={styles.more}>
                <PressButton
                  icon="down"
                  name={t('search.more')}
                  busy={asked.isFetchingNextPage}
                  onPress={() => void asked.fetchNextPage()}
                />
              </div>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}

function Items({ pages, reviewer }: { pages: Anomalies[]; reviewer: boolean }) {
  return (
    <ul className={styles.list}>
      {pages
        .flatMap(({ items }) => items)
        .map(anomaly => (
          <li key={anomaly.id} className={styles.item}>
            <AnomalyItem anomaly={anomaly} reviewer={reviewer} />
          </li>
        ))}
    </ul>
  );
}

function NothingOdd({ state }: { state: State }) {
  const { t } = useWords();
  return (
    <Message icon="check" tone="calm" title={t(state === 'open' ? 'anomalies.none.open' : 'anomalies.none')}>
      <p>{t('anomalies.none.means')}</p>
    </Message>
  );
}
