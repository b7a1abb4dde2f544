import { mayPassWithoutOrigin, type FetchMetadata } from './fetch-metadata.js';

const link: FetchMetadata = { method: 'GET', path: '/portal', site: 'cross-site', mode: 'navigate', dest: 'document' };

describe('mayPassWithoutOrigin', () => {
  it.each<[string, Partial<FetchMetadata>]>([
    ['what is no browser', { site: undefined, mode: undefined, dest: undefined, method: 'POST', path: '/api/events' }],
    ["a page's own request", { site: 'same-origin', mode: 'cors', dest: 'empty', path: '/api/stats' }],
    ['a typed address', { site: 'none', path: '/api/stats' }],
    ['a link to the portal', {}],
    ['a link to a screen of the portal', { path: '/portal/health' }],
    ['a link to the root, which leads to the portal', { path: '/' }],
    ['a link from Lab on another port', { site: 'same-site' }]
  ])('lets %s pass', (_, change) => expect(mayPassWithoutOrigin({ ...link, ...change })).toBe(true));

  it.each<[string, Partial<FetchMetadata>]>([
    ["another site's image", { mode: 'no-cors', dest: 'image' }],
    ["another port's script", { site: 'same-site', mode: 'no-cors', dest: 'script', path: '/api/recent-activity' }],
    ['a link to the API', { path: '/api/stats' }],
    ['a path that only begins like the portal', { path: '/portalx' }],
    ['a form that another site sends', { method: 'POST' }],
    ['a frame in another page', { dest: 'iframe' }],
    ['a word no browser says', { site: 'elsewhere', mode: undefined, dest: undefined }]
  ])('stops %s', (_, change) => expect(mayPassWithoutOrigin({ ...link, ...change })).toBe(false));
});
