import { type ReactNode } from 'react';
import { type ExecutionDetail } from '@celltrail/protocol';
import { NOTHING } from '../../format.js';
import { Card } from '../../parts/Card.js';
import { PersonLink } from '../../parts/PersonLink.js';
import { useRole } from '../../shell/installation.js';
import { useWords } from '../../shell/language.js';
import styles from './Context.module.css';

/** Where and how it ran. What people copy is in Latin letters and digits, left to right. */
export function Context({ execution }: { execution: ExecutionDetail['execution'] }) {
  const { t, format } = useWords();
  const role = useRole();
  const { silent, store_history, output_types, output_bytes, reason, completed_at, client } = execution;
  const flags = [
    silent && t('execution.flag.silent'),
    store_history === false && t('execution.flag.noHistory'),
    execution.witnessed && t('execution.flag.witnessed')
  ].filter(Boolean);
  return (
    <Card id="context" title={t('execution.context')}>
      <dl className={styles.list}>
        <Fact name={t('execution.person')}>
          {role === 'analyst' ? <bdi>{execution.username}</bdi> : <PersonLink username={execution.username} />}
        </Fact>
        <Fact name={t('execution.notebook')}>
          {execution.notebook_path === null ? NOTHING : <bdi dir="auto">{execution.notebook_path}</bdi>}
        </Fact>
        <Fact name={t('execution.client')}>{client ? t(`client.${client}`) : NOTHING}</Fact>
        <Fact name={t('execution.duration')}>{format.duration(execution.execution_time_ms)}</Fact>
        <Fact name={t('execution.queued')}>{format.duration(execution.queued_ms)}</Fact>
        <Fact name={t('execution.kernel')}>
          <bdi dir="ltr">{execution.kernel_name ?? NOTHING}</bdi>
          <Id>{execution.kernel_id}</Id>
        </Fact>
        {execution.cell_id !== null && (
          <Fact name={t('execution.cell')}>
            <Id>{execution.cell_id}</Id>
          </Fact>
        )}
        <Fact name={t('execution.output')}>
          {output_bytes === null ? NOTHING : format.bytes(output_bytes)}
          {output_types?.map(type => (
            <Id key={type}>{type}</Id>
          ))}
        </Fact>
        {flags.length > 0 && <Fact name={t('execution.flags')}>{flags.join(`${t('execution.comma')} `)}</Fact>}
        {reason !== null && (
          <Fact name={t('execution.reason')}>
            <Id>{reason}</Id>
          </Fact>
        )}
        <Fact name={t('execution.stored')}>
          <time dateTime={completed_at ?? execution.stored_at}>
            {format.moment(completed_at ?? execution.stored_at, new Date())}
          </time>
        </Fact>
        <Fact name={t('execution.id')}>
          <Id>{execution.id}</Id>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Id({ children }: { children: string }) {
  return (
    <bdi dir="ltr" className={styles.id}>
      {children}
    </bdi>
  );
}
