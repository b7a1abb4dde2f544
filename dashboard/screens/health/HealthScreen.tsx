import { useQuery } from '@tanstack/react-query';
import { type Check } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { AgainButton } from '../../parts/AgainButton.js';
import { Answer } from '../../parts/Answer.js';
import { Message } from '../../parts/Message.js';
import { ScreenHead } from '../../parts/ScreenHead.js';
import { useWords } from '../../shell/language.js';
import { AbsenceCard } from './AbsenceCard.js';
import { CheckList, ChecksSkeleton } from './CheckList.js';
import { Verdict } from './Verdict.js';

/** How often the checks run again while they are looked at, in ms. */
const AGAIN_MS = 15_000;

/** `/portal/health`: the troubleshooting list, item by item, as `celltrail doctor` gives it. */
export default function HealthScreen() {
  const { t } = useWords();
  const client = useClient();
  const checks = useQuery({ queryKey: ['checks'], queryFn: () => client.checks(), refetchInterval: AGAIN_MS });
  const again = (
    <AgainButton name={t('health.refresh')} trying={checks.isFetching} onPress={() => void checks.refetch()} />
  );
  return (
    <>
      <ScreenHead title={t('health.title')} lead={t('health.lead')} deed={again} />
      <Answer
        asked={checks}
        loading={<ChecksSkeleton />}
        remedy={<p>{t('health.unreachable.fix')}</p>}
        empty={{ when: list => list.length === 0, face: <Nothing /> }}
      >
        {list => <Report checks={list} checkedAt={new Date(checks.dataUpdatedAt)} />}
      </Answer>
      <AbsenceCard />
    </>
  );
}

function Report({ checks, checkedAt }: { checks: Check[]; checkedAt: Date }) {
  return (
    <>
      <Verdict checks={checks} checkedAt={checkedAt} />
      <CheckList checks={checks} />
    </>
  );
}

function Nothing() {
  const { t } = useWords();
  return (
    <Message icon="question" tone="calm" title={t('health.empty')}>
      {null}
    </Message>
  );
}
