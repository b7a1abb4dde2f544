import { useState } from 'react';
import { type ExecutionSummary } from '@celltrail/protocol';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { Message } from '../../parts/Message.js';
import { PressButton } from '../../parts/PressButton.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useWords } from '../../shell/language.js';
import { heldBack, rowsOf } from './feed.js';
import { useActivity } from './questions.js';
import styles from './ActivityScreen.module.css';

/** Lines that stand while the first answer is awaited. */
const SKELETON_LINES = 12;

/** `/portal/activity`: the person's runs as they happen, newest first. */
export default function ActivityScreen() {
  const { t } = useWords();
  const activity = useActivity();
  const rows = activity.data && rowsOf(activity.data.pages.map(({ items }) => items));
  const [paused, setPaused] = useState<ExecutionSummary[] | null>(null);
  const more = {
    is: activity.hasNextPage,
    loading: activity.isFetchingNextPage,
    load: () => {
      setPaused(null);
      void activity.fetchNextPage();
    }
  };
  return (
    <>
      <ScreenHead title={t('activity.title')} lead={t('activity.lead')} />
      <Card
        id="activity"
        title={t(paused ? 'activity.paused' : 'activity.live')}
        aside={<Tail paused={paused} rows={rows ?? []} onChange={setPaused} />}
      >
        <Answer
          asked={{ ...activity, data: rows }}
          loading={<RunsSkeleton lines={SKELETON_LINES} />}
          empty={{ when: list => list.length === 0, face: <NothingYet /> }}
        >
          {list => (
            <>
              <RunTable list={paused ?? list} labelledBy="activity" />
              <Older {...more} />
            </>
          )}
        </Answer>
      </Card>
    </>
  );
}

interface TailProps {
  /** what is shown since the pause; null while the feed goes on */
  paused: ExecutionSummary[] | null;
  rows: ExecutionSummary[];
  onChange: (paused: ExecutionSummary[] | null) => void;
}

/** Holds the feed and lets it go on; says how much came meanwhile. */
function Tail({ paused, rows, onChange }: TailProps) {
  const { t } = useWords();
  const waiting = paused ? heldBack(paused, rows) : 0;
  return (
    <div className={styles.tail}>
      <span role="status" className={styles.waiting}>
        {paused && t('activity.waiting', { count: waiting })}
      </span>
      <PressButton
        icon={paused ? 'play' : 'pause'}
        name={t(paused ? 'activity.resume' : 'activity.pause')}
        onPress={() => onChange(paused ? null : rows)}
      />
    </div>
  );
}

function Older({ is, loading, load }: { is: boolean; loading: boolean; load: () => void }) {
  const { t } = useWords();
  return (
    <div className={styles.older}>
      {is ? (
        <PressButton icon="down" name={t('activity.older')} busy={loading} onPress={load} />
      ) : (
        <p className={styles.end}>{t('activity.end')}</p>
      )}
    </div>
  );
}

function NothingYet() {
  const { t } = useWords();
  return (
    <Message icon="cells" tone="calm" title={t('home.empty')}>
      <p>{t('home.empty.fix')}</p>
    </Message>
  );
}
