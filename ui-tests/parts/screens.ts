const ADMIN = 'maryam.admin';
const ANALYST = 'sara.karimi';

/** A screen of the portal. */
export interface Screen {
  name: string;
  path: string;
  /** whose it is: they look at it in pictures, and have something on it */
  who: string;
  /** who may look at it, too */
  also?: string;
  /** what is there once it has its answers */
  ready: string;
  /** what is there instead for somebody who has nothing on it */
  empty?: string;
}

/** Each screen of the portal. */
export const SCREENS: readonly Screen[] = [
  { name: 'home', path: '/portal', who: ANALYST, also: ADMIN, ready: 'tbody tr', empty: '[aria-labelledby=recent] p' },
  { name: 'activity', path: '/portal/activity', who: ANALYST, ready: 'tbody tr' },
  { name: 'search', path: '/portal/search?q=settlement', who: ANALYST, also: ADMIN, ready: 'tbody tr mark' },
  {
    name: 'analytics',
    path: '/portal/analytics?last=30',
    who: ADMIN,
    also: ANALYST,
    ready: '[aria-labelledby=over-time] svg.recharts-surface'
  },
  {
    name: 'anomalies',
    path: '/portal/anomalies',
    who: ADMIN,
    also: ANALYST,
    ready: 'article',
    empty: '[aria-labelledby=queue] p'
  },
  // Today would have no rows before anybody ran anything.
  { name: 'report', path: `/portal/anomalies?report=${yesterday()}`, who: ADMIN, ready: 'main table tbody tr' },
  { name: 'admin', path: '/portal/admin', who: ADMIN, ready: '[aria-labelledby=people] tbody tr' },
  { name: 'person', path: `/portal/people/${ANALYST}`, who: ADMIN, ready: '[aria-labelledby=latest] tbody tr' },
  { name: 'health', path: '/portal/health', who: ADMIN, also: ANALYST, ready: 'li[data-check]' }
];

/** Those who look at screens. */
export const LOOKERS = [ANALYST, ADMIN] as const;

/** The screens that somebody may look at, each with what is there once it has its answers, be they empty. */
export function screensFor(username: string): { path: string; there: string }[] {
  return SCREENS.filter(({ who, also }) => who === username || also === username).map(({ path, ready, empty }) => ({
    path,
    there: empty ? `${ready}, ${empty}` : ready
  }));
}

/** As YYYY-MM-DD. */
function yesterday(): string {
  return new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10);
}
