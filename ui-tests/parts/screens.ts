const ADMIN = 'maryam.admin';
const ANALYST = 'sara.karimi';

/** Each screen of the portal, who of the company looks at it, and what is there once it has its answers. */
export const SCREENS = [
  { name: 'home', path: '/portal', who: ANALYST, ready: 'tbody tr' },
  { name: 'activity', path: '/portal/activity', who: ANALYST, ready: 'tbody tr' },
  { name: 'search', path: '/portal/search?q=settlement', who: ANALYST, ready: 'tbody tr mark' },
  { name: 'analytics', path: '/portal/analytics?last=30', who: ADMIN, ready: '[aria-labelledby=over-time] svg' },
  { name: 'anomalies', path: '/portal/anomalies', who: ADMIN, ready: 'article' },
  { name: 'report', path: `/portal/anomalies?report=${yesterday()}`, who: ADMIN, ready: 'main table tbody tr' },
  { name: 'admin', path: '/portal/admin', who: ADMIN, ready: '[aria-labelledby=people] tbody tr' },
  { name: 'person', path: `/portal/people/${ANALYST}`, who: ADMIN, ready: '[aria-labelledby=latest] tbody tr' },
  { name: 'health', path: '/portal/health', who: ADMIN, ready: 'li[data-check]' }
] as const;

/** Those who look at screens. */
export const LOOKERS = [ANALYST, ADMIN] as const;

/** As YYYY-MM-DD. */
function yesterday(): string {
  return new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10);
}
