import { act, fireEvent, screen, within } from '@testing-library/react';
import { EMPTY, FakeClient } from '../testing/fake-client.js';
import { showPortal } from '../testing/show.js';
import { REMEMBERED } from './remembered.js';

const portalIn = (language: string | null) => new FakeClient({ ...EMPTY, portal: { labUrl: null, language } });
const html = document.documentElement;

beforeEach(() => {
  localStorage.clear();
  jest.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('language', () => {
  it('follows the installation, mirrored', async () => {
    showPortal(portalIn('fa'));
    expect(await screen.findByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
    expect([html.lang, html.dir]).toEqual(['fa', 'rtl']);
  });

  it('follows the browser where the installation leaves it to that', async () => {
    jest.spyOn(navigator, 'languages', 'get').mockReturnValue(['fa-IR', 'en']);
    showPortal(portalIn(null));
    expect(await screen.findByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
  });

  it('switches at once and remembers the choice for the next visit', async () => {
    const { unmount } = showPortal(portalIn('en'));
    fireEvent.click(await screen.findByRole('radio', { name: 'فارسی' }));
    expect(screen.getByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
    expect([html.lang, html.dir]).toEqual(['fa', 'rtl']);
    unmount();
    showPortal(portalIn('en'));
    expect(await screen.findByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
  });

  it('goes on in the language of the last visit before the installation answers', async () => {
    localStorage.setItem(REMEMBERED.installationLanguage, 'fa');
    const client = new FakeClient();
    client.portal = () => new Promise(() => undefined);
    showPortal(client);
    expect(await screen.findByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
  });

  it("takes the browser's language when the installation does not answer", async () => {
    const client = new FakeClient({ ...EMPTY, portal: new Error('no answer') });
    showPortal(client);
    expect(await screen.findByRole('heading', { level: 1, name: 'Your executions' })).toBeTruthy();
  });

  it('still switches where the browser keeps nothing', async () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    showPortal(portalIn('en'));
    fireEvent.click(await screen.findByRole('radio', { name: 'فارسی' }));
    expect(screen.getByRole('heading', { level: 1, name: 'اجراهای شما' })).toBeTruthy();
  });
});

describe('appearance', () => {
  it('turns dark and remembers it', async () => {
    showPortal(portalIn('en'));
    fireEvent.click(await screen.findByRole('radio', { name: 'Dark' }));
    expect(html.dataset['mantineColorScheme']).toBe('dark');
    expect(localStorage.getItem(REMEMBERED.theme)).toBe('dark');
  });
});

describe('frame', () => {
  it('says who is signed in, and as what', async () => {
    showPortal(portalIn('en'));
    const name = await screen.findByText('test_user');
    expect(name.parentElement?.textContent).toBe('Signed in astest_userAnalyst');
  });

  it('goes to a screen without a reload, names the document after it and moves the focus there', async () => {
    showPortal(portalIn('en'));
    const nav = within(await screen.findByRole('navigation'));
    expect(document.title).toBe('Overview · Celltrail');
    fireEvent.click(nav.getByRole('link', { name: 'Health' }));
    expect(location.pathname).toBe('/portal/health');
    expect(await screen.findByRole('heading', { level: 1, name: 'Health' })).toBeTruthy();
    expect(document.title).toBe('Health · Celltrail');
    expect(nav.getByRole('link', { name: 'Health' }).getAttribute('aria-current')).toBe('page');
    expect(document.activeElement).toBe(screen.getByRole('main'));
  });

  it('comes back with the back button', async () => {
    showPortal(portalIn('en'), '/portal/health');
    expect(await screen.findByRole('heading', { level: 1, name: 'Health' })).toBeTruthy();
    history.replaceState(null, '', '/portal/');
    act(() => void dispatchEvent(new PopStateEvent('popstate')));
    expect(screen.getByRole('heading', { level: 1, name: 'Your executions' })).toBeTruthy();
  });

  it('leaves a click with a modifier to the browser', async () => {
    showPortal(portalIn('en'));
    const link = await screen.findByRole('link', { name: 'Health' });
    link.addEventListener('click', event => event.preventDefault(), { once: true, capture: true });
    fireEvent.click(link, { ctrlKey: true });
    expect(location.pathname).toBe('/portal');
  });

  it('offers a way back from an address without a screen', async () => {
    showPortal(portalIn('en'), '/portal/nowhere');
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no such screen' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Back to the overview' }).getAttribute('href')).toBe('/portal');
  });

  it('has a skip link to the main part', async () => {
    showPortal(portalIn('en'));
    const skip = await screen.findByRole('link', { name: 'Skip to the content' });
    expect(skip.getAttribute('href')).toBe(`#${screen.getByRole('main').id}`);
  });

  it('goes by key, explains the keys, and leaves them off when they are turned off', async () => {
    showPortal(portalIn('en'));
    await screen.findByRole('navigation');
    const type = (code: string, shiftKey = false) => fireEvent.keyDown(document.body, { code, shiftKey });
    type('KeyG');
    type('KeyE');
    expect(await screen.findByRole('heading', { level: 1, name: 'Health' })).toBeTruthy();
    type('Slash', true);
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard' }));
    fireEvent.click(dialog.getByRole('checkbox'));
    type('KeyG');
    type('KeyH');
    expect(location.pathname).toBe('/portal/health');
    expect(localStorage.getItem(REMEMBERED.keys)).toBe('off');
  });
});
