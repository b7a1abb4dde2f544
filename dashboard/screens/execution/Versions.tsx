import { lazy, Suspense, useState } from 'react';
import { type CellVersion } from '@celltrail/protocol';
import { Card } from '../../parts/Card.js';
import { runAddress } from '../../parts/runs/run.js';
import { StatusBadge } from '../../parts/StatusBadge.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import styles from './Versions.module.css';

const Diff = lazy(() => import('../../parts/code/Diff.js'));

/** What the same cell held before, each compared with what it holds now. */
export function Versions({ code, versions }: { code: string; versions: readonly CellVersion[] }) {
  const { t, format } = useWords();
  const [open, setOpen] = useState<string | null>(versions[0]?.id ?? null);
  const now = new Date();
  return (
    <Card id="versions" title={t('execution.versions')}>
      <ul className={styles.list}>
        {versions.map(version => (
          <li key={version.id} className={styles.version}>
            <div className={styles.line}>
              <StatusBadge status={version.status} />
              <Link href={runAddress(version.id)} className={styles.when} data-openable>
                <time dateTime={version.timestamp} title={format.fullMoment(version.timestamp)}>
                  {format.moment(version.timestamp, now)}
                </time>
              </Link>
              <button
                type="button"
                className={styles.compare}
                aria-expanded={open === version.id}
                onClick={() => setOpen(open === version.id ? null : version.id)}
              >
                {t(open === version.id ? 'execution.versions.hide' : 'execution.versions.compare')}
              </button>
            </div>
            {open === version.id && (
              <Suspense fallback={<div className={styles.waiting} />}>
                <Diff before={version.code} after={code} label={t('execution.versions.diff')} />
              </Suspense>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
