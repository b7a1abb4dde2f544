/** What people type into search, rare and common, and with qualifiers. `U` stands for somebody's name. */
const SEARCHES = [
  ['a common word', 'import'],
  ['a common word of one person', 'user:U import'],
  ['a word of one code', 'geemap'],
  ['three characters, rare', '"qz_"'],
  ['a number in one changed cell', 'print(900'],
  ['Persian, common', 'تراکنش'],
  ['Persian, by the other keyboard', 'بررسي تراكنش‌هاي ۱۲۳'],
  ['nothing like it', 'zzzyx'],
  ['two words', 'pandas groupby'],
  ['a word, another left out', 'plt -import'],
  ['status:error', 'status:error'],
  ['status:kernel_died (none)', 'status:kernel_died'],
  ['status:error user:U', 'status:error user:U'],
  ['status:error and a rare word', 'status:error geemap'],
  ['status:interrupted and a common word', 'status:interrupted import'],
  ['notebook:risk/*', 'notebook:risk/*'],
  ['notebook: that is none', 'notebook:nowhere/*'],
  ['took:>1m', 'took:>60000'],
  ['took:>1h (none)', 'took:>3600000'],
  ['error:memoryerror', 'error:memoryerror'],
  ['error: that never came', 'error:brokenpipe'],
  ['a day two months ago', 'created:DAY import'],
  ['kernel:ir', 'kernel:ir'],
  ['client:agent and a word', 'client:agent pandas']
];

const ANALYTICS_DAYS = [7, 90];

/**
 * What people wait for, each as addresses that it is asked by, a different one each time.
 * @param {{ users: string[], notebooks: string[], ids: string[], day: (before: number) => string, deep: Record<string, string> }} known
 * @returns {{ group: string, name: string, address: (time: number) => string }[]}
 */
export function questions({ users, notebooks, ids, day, deep }) {
  const user = time => users[(time * 7) % users.length];
  const typed = (q, time) => encodeURIComponent(q.replace('U', user(time)).replace('DAY', day(60 + (time % 5))));
  const plain = [
    ['recent-activity', () => '/api/recent-activity'],
    ['stats', () => '/api/stats?tz=Asia/Tehran'],
    ['the last executions', () => '/api/v1/executions?limit=10'],
    ['activity, first page', time => `/api/v1/activity?limit=50&user=${user(time)}`],
    ['activity, page 100', time => `/api/v1/activity?limit=50&user=${deep.users[time % deep.users.length]}&cursor=${deep.cursors[time % deep.users.length]}`], // prettier-ignore
    ['an execution with its neighbours', time => `/api/executions/${ids[time % ids.length]}`],
    ['absence of a month', () => `/api/absence?from=${day(30)}&to=${day(0)}`],
    ['all-activity', () => '/api/admin/all-activity'],
    ['people', () => '/api/v1/people?tz=Asia/Tehran'],
    ['a person', time => `/api/v1/people/${user(time)}?tz=Asia/Tehran`],
    ['running', () => '/api/v1/running'],
    ['coverage', () => '/api/v1/coverage'],
    ['complete: notebook', time => `/api/v1/complete?qualifier=notebook&prefix=${encodeURIComponent(['r', 'risk', 'فروش', 'zz'][time % 4])}`], // prettier-ignore
    ['complete: user', time => `/api/v1/complete?qualifier=user&prefix=${['s', 'reza', 'zz'][time % 3]}`],
    ['search-code, common', () => '/api/search-code?query=import'],
    ['search-code, rare', () => '/api/search-code?query=geemap'],
    ['search-code, nothing', () => '/api/search-code?query=zzzyx']
  ].map(([name, address]) => ({ group: 'questions', name, address }));
  const searches = SEARCHES.map(([name, q]) => ({ group: 'search', name, address: time => `/api/v1/search?tz=Asia/Tehran&q=${typed(q, time)}` })); // prettier-ignore
  const facets = SEARCHES.map(([name, q]) => ({ group: 'facets', name, address: time => `/api/v1/facets?tz=Asia/Tehran&q=${typed(q, time)}` })); // prettier-ignore
  const analytics = ANALYTICS_DAYS.flatMap(days => {
    const of = (scope = () => '') => time => `/api/analytics?tz=Asia/Tehran&from=${day(days - 1)}&to=${day(0)}${scope(time)}`; // prettier-ignore
    return [
      [`everyone, ${days} days`, of()],
      [`one person, ${days} days`, of(time => `&user=${user(time)}`)],
      [`one notebook, ${days} days`, of(time => `&notebook=${encodeURIComponent(notebooks[time % notebooks.length])}`)],
      [`one person in one notebook, ${days} days`, of(time => `&user=${user(time)}&notebook=${encodeURIComponent(notebooks[time % notebooks.length])}`)], // prettier-ignore
      [`slower than 100 ms, ${days} days`, of(() => '&slower_than=100')]
    ].map(([name, address]) => ({ group: 'analytics', name, address }));
  });
  return [...plain, ...searches, ...facets, ...analytics];
}
