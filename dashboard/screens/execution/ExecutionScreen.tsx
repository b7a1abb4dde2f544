import { useQuery } from '@tanstack/react-query';
import { type ExecutionDetail } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { LIVE } from '../../live.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { CodeBlock } from '../../parts/code/CodeBlock.js';
import { RunTable } from '../../parts/runs/RunTable.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { StatusBadge } from '../../parts/StatusBadge.js';
import { useMe } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import { usePath } from '../../shell/route.js';
import { CopyButton } from '../../parts/CopyButton.js';
import { Context } from './Context.js';
import { OpenNotebook } from './OpenNotebook.js';
import { Versions } from './Versions.js';
import styles from './ExecutionScreen.module.css';

/** `/portal/executions/{id}`: one run whole, with what stands around it. Its address is its permalink. */
export default function ExecutionScreen() {
  const { t } = useWords();
  const client = useClient();
  const id = decodeURIComponent(usePath().split('/').pop() ?? '');
  const asked = useQuery({ queryKey: [LIVE, 'execution', id], queryFn: () => client.execution(id) });
  return (
    <Answer
      asked={asked}
      loading={
        <>
          <ScreenHead title={t('execution.title')} lead={t('execution.loading')} />
          <Card id="code" title={t('execution.code')}>
            <RunsSkeleton lines={6} />
          </Card>
        </>
      }
    >
      {detail => <Whole detail={detail} />}
    </Answer>
  );
}

function Whole({ detail: { execution, before, after, versions } }: { detail: ExecutionDetail }) {
  const { t, format } = useWords();
  const { data: me } = useMe();
  const { cell_number, code, timestamp, username } = execution;
  const named = me !== undefined && me.username !== username;
  const when = <time dateTime={timestamp}>{format.fullMoment(timestamp)}</time>;
  return (
    <>
      <ScreenHead
        title={cell_number === null ? t('execution.title') : t('execution.title.cell', { number: cell_number })}
        lead={
          <span className={styles.lead}>
            <StatusBadge status={execution.status} /> {when}
          </span>
        }
        deed={
          <div className={styles.deeds}>
            <CopyButton icon="link" name={t('execution.permalink')} text={() => location.origin + location.pathname} />
            <OpenNotebook path={execution.notebook_path} />
          </div>
        }
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Card
            id="code"
            title={t('execution.code')}
            aside={<CopyButton name={t('execution.copy')} text={() => code} />}
          >
            {code.trim() === '' ? (
              <p className={styles.note}>{t('execution.blank')}</p>
            ) : (
              <CodeBlock code={code} label={t('execution.code')} />
            )}
          </Card>
          {execution.error_message && <ErrorCard execution={execution} />}
          {versions.length > 0 && <Versions code={code} versions={versions} />}
        </div>
        <Context execution={execution} />
      </div>
      <Neighbours title={t('execution.after')} id="after" list={[...after].reverse()} named={named} />
      <Neighbours title={t('execution.before')} id="before" list={before} named={named} />
    </>
  );
}

function ErrorCard({ execution }: { execution: ExecutionDetail['execution'] }) {
  const { t } = useWords();
  const { error_message, error_traceback, error_traceback_length } = execution;
  const cut = error_traceback !== null && (error_traceback_length ?? 0) > error_traceback.length;
  return (
    <Card
      id="error"
      title={t('execution.error')}
      aside={<CopyButton name={t('execution.copy')} text={() => error_traceback ?? error_message ?? ''} />}
    >
      <p className={styles.error}>
        <bdi dir="ltr">{error_message}</bdi>
      </p>
      {error_traceback && (
        <pre dir="ltr" className={styles.traceback} tabIndex={0} role="group" aria-label={t('execution.traceback')}>
          {error_traceback}
        </pre>
      )}
      {cut && <p className={styles.note}>{t('execution.traceback.cut', { length: error_traceback_length ?? 0 })}</p>}
    </Card>
  );
}

function Neighbours({
  title,
  id,
  list,
  named
}: {
  title: string;
  id: string;
  list: ExecutionDetail['before'];
  named: boolean;
}) {
  if (!list.length) return null;
  return (
    <div className={styles.neighbours}>
      <Card id={id} title={title}>
        <RunTable list={list} labelledBy={id} named={named} />
      </Card>
    </div>
  );
}
