import { cacheControl, isScreen } from './portal.js';

describe('cacheControl', () => {
  it.each(['/assets/index-B7x.js', '\\assets\\index-B7x.js'])('lets a browser keep %s for good', path => {
    expect(cacheControl(path)).toContain('immutable');
  });

  it.each(['/index.html', '/favicon.svg', '/other/assets/x.js'])('has a browser ask for %s each time', path => {
    expect(cacheControl(path)).toBe('no-cache');
  });
});

it('takes names without an ending for screens, and the names of people whatever is in them', () => {
  for (const path of ['/portal/activity', '/portal/people/sara.karimi', '/portal/people/sara'])
    expect([path, isScreen(path)]).toEqual([path, true]);
  for (const path of ['/portal/missing.js', '/portal/assets/missing', '/portal/people/a/b.js'])
    expect([path, isScreen(path)]).toEqual([path, false]);
});
