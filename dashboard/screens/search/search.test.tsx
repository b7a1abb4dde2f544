import { fireEvent, screen, within } from '@testing-library/react';
import { type Facets, type SearchAnswer, type SearchHit } from '@celltrail/protocol';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { showPortal } from '../../testing/show.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const hit = (change: Partial<SearchHit> = {}): SearchHit => ({
  ...execution(),
  username: 'test_user',
  kernel_name: 'python3',
  preview_from: 0,
  code_preview: 'df = pd.read_csv("a.csv")',
  matches: [{ from: 8, to: 16 }],
  ...change
});
const answer = (...items: SearchHit[]): SearchAnswer => ({
  items,
  next: null,
  total: { value: items.length, relation: 'exact' },
  searched_to: null
});
const facets: Facets = {
  total: { value: 2, relation: 'exact' },
  counted: 2,
  status: [
    { value: 'success', count: 1204 },
    { value: 'error', count: 7 }
  ],
  user: [],
  notebook: [{ value: null, count: 1 }],
  client: []
};
const open = (address = '/portal/search', change: Partial<typeof EMPTY> = {}) => {
  const client = new FakeClient({ ...EMPTY, search: answer(hit()), facets, ...change });
  showPortal(client, address);
  return client;
};
const box = () => screen.getByRole<HTMLInputElement>('combobox');
const type = (value: string) => fireEvent.change(box(), { target: { value, selectionStart: value.length } });

beforeEach(() => localStorage.clear());

it('shows what an address asks for, with what was found marked', async () => {
  const client = open('/portal/search?q=read_csv');
  expect((await screen.findByText('read_csv', { selector: 'mark' })).tagName).toBe('MARK');
  expect(box().value).toBe('read_csv');
  expect(client.asked).toContain('search read_csv ');
  expect(screen.getByText('1 run')).toBeTruthy();
});

it('keeps a search in the address, so that the address reproduces it', async () => {
  open();
  await screen.findByText('1 run');
  type('status:error took:>5s');
  fireEvent.submit(screen.getByRole('search'));
  expect(new URLSearchParams(location.search).get('q')).toBe('status:error took:>5s');
});

it('narrows by a facet, with its count, and widens again', async () => {
  open();
  const value = await screen.findByRole('button', { name: /Error/ });
  expect(within(value).getByText('7')).toBeTruthy();
  fireEvent.click(value);
  expect(box().value).toBe('status:error');
  fireEvent.click(await screen.findByRole('button', { name: /^Error/, pressed: true }));
  expect(box().value).toBe('');
});

it('offers qualifiers and values as one types, by keyboard', async () => {
  const client = open('/portal/search', { complete: { values: [{ value: 'sara karimi', last_used: null }] } });
  await screen.findByText('1 run');
  type('sta');
  fireEvent.keyDown(box(), { key: 'ArrowDown' });
  fireEvent.keyDown(box(), { key: 'Enter' });
  expect(box().value).toBe('status:');
  expect(screen.getByRole('option', { name: 'status:running' })).toBeTruthy();
  type('user:sa');
  const option = await screen.findByRole('option', { name: 'user:"sara karimi"' });
  fireEvent.pointerDown(option);
  expect(box().value).toBe('user:"sara karimi" ');
  expect(client.asked).toContain('complete user sa');
});

it('says what of a search can not be understood, and asks nothing', async () => {
  const client = open('/portal/search?q=' + encodeURIComponent('created:2026-02-31'));
  expect((await screen.findByRole('alert')).textContent).toContain('That is no date');
  expect(client.asked.some(each => each.startsWith('search'))).toBe(false);
});

it('keeps searches in this browser, and takes a removal back', async () => {
  open('/portal/search?q=read_csv');
  fireEvent.click(await screen.findByRole('button', { name: 'Save this search' }));
  const saved = within(screen.getByRole('group', { name: 'Saved searches' }));
  fireEvent.click(saved.getByRole('button', { name: 'Remove read_csv' }));
  fireEvent.click(saved.getByRole('button', { name: 'Removed. Undo' }));
  expect(JSON.parse(localStorage.getItem('celltrail.searches')!)).toEqual(['read_csv']);
});

it('offers what is found as files, by keyboard, with the days of the zone that is shown', async () => {
  open(`/portal/search?q=${encodeURIComponent('"a&b" created:2026-11-24')}&tz=Asia/Tehran`);
  const button = await screen.findByRole('button', { name: 'Export' });
  fireEvent.click(button);
  const links = screen.getAllByRole<HTMLAnchorElement>('link', { name: /^(CSV|JSON Lines|Parquet)/ });
  expect(links.map(({ pathname, search }) => [pathname, Object.fromEntries(new URLSearchParams(search))])).toEqual(
    ['csv', 'jsonl', 'parquet'].map(format => ['/api/export', { format, q: '"a&b" created:2026-11-24', tz: 'Asia/Tehran' }]) // prettier-ignore
  );
  expect(links.every(link => link.hasAttribute('download'))).toBe(true);
  fireEvent.keyDown(links[0]!, { key: 'Escape' });
  expect(screen.queryByRole('link', { name: /^CSV/ })).toBeNull();
  expect(document.activeElement).toBe(button);
});

it('offers no file of a search that can not be understood', async () => {
  open('/portal/search?q=' + encodeURIComponent('"open'));
  await screen.findByRole('alert');
  expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
});

it('says what to do when nothing is found', async () => {
  open('/portal/search?q=nothing', { search: answer() });
  expect(await screen.findByText('Nothing found')).toBeTruthy();
});

it('shows HTML in everything as text', async () => {
  const hostile = hit({ code_preview: PAYLOAD, matches: [], error_message: PAYLOAD, notebook_path: PAYLOAD });
  const found = { ...facets, notebook: [{ value: PAYLOAD, count: 1 }] };
  open('/portal/search?q=' + encodeURIComponent(PAYLOAD), { search: answer(hostile), facets: found });
  await screen.findByText('1 run');
  expect(document.querySelector('img[src=x]')).toBeNull();
});
