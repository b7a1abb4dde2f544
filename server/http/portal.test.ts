import { cacheControl } from './portal.js';

describe('cacheControl', () => {
  it.each(['/assets/index-B7x.js', '\\assets\\index-B7x.js'])('lets a browser keep %s for good', path => {
    expect(cacheControl(path)).toContain('immutable');
  });

  it.each(['/index.html', '/favicon.svg', '/other/assets/x.js'])('has a browser ask for %s each time', path => {
    expect(cacheControl(path)).toBe('no-cache');
  });
});
