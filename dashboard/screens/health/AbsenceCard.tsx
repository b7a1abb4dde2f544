import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Absence } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { ownTimeZone } from '../../format.js';
import { LIVE } from '../../live.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { MINUTE_MS } from '../../queries.js';
import { useWords } from '../../shell/language.js';
import { AbsenceSkeleton, Figures, Holes, Latest } from './Absences.js';
import { lastDays } from './absence-words.js';
import styles from './Absence.module.css';

/** Ranges that end today, in days. */
const RANGES = ['1', '7', '30'] as const;

type Range = (typeof RANGES)[number];

/** What is known not to be on record: gaps by reason, recording turned off and on, events that never came. */
export function AbsenceCard() {
  const { t } = useWords();
  const [range, setRange] = useState<Range>('1');
  const asked = useAbsence(Number(range));
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t('absence.range')}
      data={RANGES.map(value => ({ value, label: t(`absence.range.${value}`) }))}
      value={range}
      onChange={value => setRange(value as Range)}
    />
  );
  return (
    <div className={styles.place}>
      <Card id="absence" title={t('absence.title')} aside={choice}>
        <Answer asked={asked} loading={<AbsenceSkeleton />} brief>
          {data => <Report absence={data} />}
        </Answer>
      </Card>
    </div>
  );
}

function Report({ absence: { figures, latest, holes } }: { absence: Absence }) {
  const { t } = useWords();
  if (!figures.length && !holes.length) return <p className={styles.none}>{t('absence.none')}</p>;
  return (
    <>
      {holes.length > 0 && <Holes holes={holes} />}
      {figures.length > 0 && <Figures figures={figures} />}
      {latest.length > 0 && <Latest latest={latest} />}
    </>
  );
}

function useAbsence(days: number) {
  const client = useClient();
  const tz = ownTimeZone();
  return useQuery({
    queryKey: [LIVE, 'absence', days, tz],
    queryFn: () => client.absence({ ...lastDays(days, new Date()), tz }),
    refetchInterval: MINUTE_MS
  });
}
