import { useQuery } from '@tanstack/react-query';
import { type RunningNow } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { NOTHING } from '../../format.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { CodeLine } from '../../parts/code/CodeLine.js';
import { PersonLink } from '../../parts/PersonLink.js';
import { firstLine } from '../../parts/runs/first-line.js';
import { runAddress } from '../../parts/runs/run.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import { RUNNING, useLiveWall } from './use-live-wall.js';
import { useSeconds } from './use-seconds.js';
import styles from './AdminScreen.module.css';

/** From so many ms on a run is called long. */
const LONG_MS = 60_000;
/** How often it is asked again although nothing was announced, in ms. */
const AGAIN_MS = 15_000;

/** What runs now, the longest first. */
export function RunningCard() {
  const { t } = useWords();
  const client = useClient();
  useLiveWall();
  const running = useQuery({
    queryKey: RUNNING,
    queryFn: () => client.running(),
    refetchInterval: AGAIN_MS
  });
  return (
    <Card
      id="running"
      title={t('admin.running')}
      aside={
        <span className={styles.aside}>{running.data && t('admin.running.count', { count: running.data.length })}</span>
      }
    >
      <Answer
        asked={running}
        loading={<RunsSkeleton lines={1} />}
        empty={{ when: list => list.length === 0, face: <p className={styles.note}>{t('admin.running.none')}</p> }}
      >
        {list => <Wall list={list} askedAt={running.dataUpdatedAt} />}
      </Answer>
    </Card>
  );
}

function Wall({ list, askedAt }: { list: RunningNow[]; askedAt: number }) {
  const { t, format } = useWords();
  const since = Math.max(0, useSeconds() - askedAt);
  return (
    <ul className={styles.list}>
      {list.map(run => {
        const took = run.running_ms + since;
        return (
          <li key={run.id} className={styles.item} data-long={took > LONG_MS || undefined}>
            <PersonLink username={run.username} />
            <Link href={runAddress(run.id)} className={styles.code} title={run.code_preview} data-openable>
              <CodeLine text={firstLine(run.code_preview) ?? t('runs.code.blank')} />
            </Link>
            <span className={styles.place} title={run.notebook_path ?? undefined}>
              {run.page_open ? (
                <bdi>{run.notebook_path?.split('/').pop() ?? run.kernel_name ?? NOTHING}</bdi>
              ) : (
                t('admin.running.unseen')
              )}
            </span>
            <span className={styles.took}>{format.duration(Math.floor(took / 1000) * 1000)}</span>
          </li>
        );
      })}
    </ul>
  );
}
