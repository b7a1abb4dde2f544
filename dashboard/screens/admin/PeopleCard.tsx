import { useInfiniteQuery } from '@tanstack/react-query';
import { type Person } from '@celltrail/protocol';
import { useClient } from '../../client.js';
import { NOTHING, ownTimeZone } from '../../format.js';
import { LIVE } from '../../live.js';
import { Answer } from '../../parts/Answer.js';
import { Card } from '../../parts/Card.js';
import { CaptureMark } from '../../parts/CaptureMark.js';
import { SparkBars } from '../../parts/charts/SparkBars.js';
import { DataTable, type DataColumn } from '../../parts/DataTable.js';
import { personAddress } from '../../parts/PersonLink.js';
import { PressButton } from '../../parts/PressButton.js';
import { RunsSkeleton } from '../../parts/runs/RunsSkeleton.js';
import { useWords } from '../../shell/language.js';
import { Link } from '../../shell/route.js';
import styles from './AdminScreen.module.css';

/** How many people one question asks for. */
const PAGE = 100;

/** Everyone with their figures, the latest active first. */
export function PeopleCard() {
  const { t } = useWords();
  const client = useClient();
  const tz = ownTimeZone();
  const people = useInfiniteQuery({
    queryKey: [LIVE, 'people', tz],
    queryFn: ({ pageParam }) => client.people({ tz, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next
  });
  const rows = people.data?.pages.flatMap(({ items }) => items);
  return (
    <Card id="people" title={t('admin.people')}>
      <Answer
        asked={{ ...people, data: rows }}
        loading={<RunsSkeleton lines={10} />}
        empty={{ when: list => list.length === 0, face: <p className={styles.note}>{t('admin.people.none')}</p> }}
      >
        {list => (
          <>
            <PeopleTable list={list} />
            {people.hasNextPage && (
              <div className={styles.more}>
                <PressButton
                  icon="down"
                  name={t('search.more')}
                  busy={people.isFetchingNextPage}
                  onPress={() => void people.fetchNextPage()}
                />
              </div>
            )}
          </>
        )}
      </Answer>
    </Card>
  );
}

function PeopleTable({ list }: { list: Person[] }) {
  const { t, format } = useWords();
  const now = new Date();
  const columns: DataColumn<Person>[] = [
    {
      key: 'person',
      name: t('runs.column.person'),
      cell: person => (
        <Link href={personAddress(person.username)} data-openable>
          <bdi>{person.username}</bdi>
        </Link>
      )
    },
    { key: 'capture', name: t('admin.capture'), cell: person => <CaptureMark state={person.capture} /> },
    {
      key: 'executions',
      name: t('admin.executions'),
      figure: true,
      cell: person => format.count(person.executions)
    },
    { key: 'rate', name: t('admin.errorRate'), figure: true, cell: person => format.percent(person.error_rate) },
    {
      key: 'days',
      name: t('admin.days'),
      cell: person => (
        <SparkBars
          values={person.days}
          label={t('admin.days.said', {
            total: person.days.reduce((sum, day) => sum + day, 0),
            today: person.days.at(-1) ?? 0
          })}
        />
      )
    },
    {
      key: 'active',
      name: t('admin.lastActive'),
      figure: true,
      cell: person =>
        person.last_active === null ? (
          NOTHING
        ) : (
          <time dateTime={person.last_active} title={format.fullMoment(person.last_active)}>
            {format.moment(person.last_active, now)}
          </time>
        )
    }
  ];
  return <DataTable label={t('admin.people')} rows={list} rowKey={person => person.username} columns={columns} />;
}
