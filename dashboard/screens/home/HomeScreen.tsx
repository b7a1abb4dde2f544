import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { Message } from '../../parts/Message.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import { Figures, FiguresSkeleton } from './Figures.js';
import { LaunchButton } from './LaunchButton.js';
import { Pulse } from './Pulse.js';
import { RECENT, useRecentExecutions, useStats } from './questions.js';
import styles from './HomeScreen.module.css';

/** `/portal`: the way into JupyterLab, and the person's own record as it grows. */
export default function HomeScreen() {
  const { t } = useWords();
  const stats = useStats();
  const executions = useRecentExecutions();
  return (
    <>
      <ScreenHead title={t('home.title')} lead={t('home.lead')} deed={<LaunchButton />} />
      <section aria-label={t('home.figures')} className={styles.figures}>
        <Answer asked={stats} loading={<FiguresSkeleton />} brief>
          {data => <Figures stats={data} />}
        </Answer>
      </section>
      <Card id="recent" title={t('home.recent')} aside={<Pulse stats={stats.data} />}>
        <Answer
          asked={executions}
          loading={<RunsSkeleton lines={RECENT} />}
          empty={{ when: list => list.length === 0, face: <NothingYet /> }}
        >
          {list => <RunTable list={list} labelledBy="recent" />}
        </Answer>
      </Card>
    </>
  );
}

function NothingYet() {
  const { t } = useWords();
  return (
    <Message icon="cells" tone="calm" title={t('home.empty')}>
      <p>{t('home.empty.fix')}</p>
      <p className={styles.quietLink}>
        <Link href="/portal/health">{t('home.empty.health')}</Link>
      </p>
    </Message>
  );
}
