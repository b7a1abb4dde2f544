import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import schema from '../schema/plugin.json';
import plugin, {
  cleanEndpoint,
  DEFAULT_BOUNDS,
  DEFAULT_ENDPOINT,
  mergeSettings,
  readConfigured,
  Settings,
  type ReadSetting
} from './settings.js';
import { faults } from './guarded.js';
import type { ISettings } from './tokens.js';

const DEFAULTS: Record<string, unknown> = Object.fromEntries(
  Object.entries(schema.properties).map(([name, { default: value }]) => [name, value])
);
/** As the registry reads: what the person chose, over the schema's defaults. */
const chosen =
  (user: Record<string, unknown> = {}): ReadSetting =>
  name => ({ user: user[name], composite: user[name] ?? DEFAULTS[name] });
const nothing = readConfigured('');
const noLanguages = () => ({ lab: null, browser: [] });

describe('the address of the server', () => {
  test.each([
    ['http://localhost:8001', 'http://localhost:8001'],
    [' https://audit.example/trail/ ', 'https://audit.example/trail'],
    ['http://127.0.0.1:8001/?x#y', 'http://127.0.0.1:8001'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['localhost:8001', null],
    ['not an address', null],
    ['', null],
    [7, null],
    [null, null]
  ])('of %j is %j', (value, address) => {
    expect(cleanEndpoint(value)).toBe(address);
  });

  test('is the person’s, else the owner’s, else the default', () => {
    const owner = readConfigured('{"endpoint":"http://127.0.0.1:9000"}');
    expect(mergeSettings(chosen({ endpoint: 'http://mine:1' }), owner, 'en').endpoint).toBe('http://mine:1');
    expect(mergeSettings(chosen(), owner, 'en').endpoint).toBe('http://127.0.0.1:9000');
    expect(mergeSettings(chosen(), nothing, 'en').endpoint).toBe(DEFAULT_ENDPOINT);
    expect(mergeSettings(chosen({ endpoint: 'javascript:alert(1)' }), owner, 'en').endpoint).toBe(
      'http://127.0.0.1:9000'
    );
  });
});

describe('the owner’s configuration', () => {
  test('is read as it stands', () => {
    const option = { endpoint: 'http://a:1/', language: 'fa', banner: ['x'], showBanner: false, user: 'ana' };
    expect(readConfigured(JSON.stringify(option))).toEqual({ ...option, endpoint: 'http://a:1', token: null });
  });

  test.each(['', '{', 'null', '[]', '7', '{"banner":"x","showBanner":"no","endpoint":5,"user":{},"language":""}'])(
    '%j says nothing and breaks nothing',
    option => {
      const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
      expect(readConfigured(option)).toEqual({
        endpoint: null,
        language: null,
        banner: [],
        showBanner: null,
        user: null,
        token: null
      });
      warn.mockRestore();
    }
  );
});

test('a banner of the person counts before the owner’s, and none leaves the language’s own', () => {
  const owner = readConfigured('{"banner":["owner"],"showBanner":false}');
  expect(mergeSettings(chosen({ banner: ['mine'] }), owner, 'en').banner).toEqual(['mine']);
  expect(mergeSettings(chosen(), owner, 'en')).toMatchObject({ banner: ['owner'], showBanner: false });
  expect(mergeSettings(chosen({ showBanner: true }), owner, 'en').showBanner).toBe(true);
  expect(mergeSettings(chosen(), nothing, 'en')).toMatchObject({ banner: [], showBanner: true });
});

test('capture is on until a person turns it off', () => {
  expect(new Settings(nothing, noLanguages).values.enabled).toBe(true);
  expect(mergeSettings(chosen({ enabled: false }), nothing, 'en').enabled).toBe(false);
});

test('a change is told when something is another, words and direction with it', () => {
  const settings = new Settings(nothing, noLanguages, chosen());
  const seen: unknown[] = [];
  settings.changed.connect((_, values) => void seen.push(values.language));
  settings.update(chosen());
  expect(seen).toEqual([]);
  settings.update(chosen({ language: 'fa' }));
  expect(seen).toEqual(['fa']);
  expect(settings.direction).toBe('rtl');
  expect(settings.t('lab.off')).toBe('ثبت خاموش است');
});

describe('the plugin', () => {
  const activate = (registry: Partial<ISettingRegistry>): Promise<ISettings> =>
    Promise.resolve(plugin.activate({} as JupyterFrontEnd, registry as ISettingRegistry, null));

  test('follows the registry', async () => {
    const user: Record<string, unknown> = {};
    const loaded = { get: (name: string) => chosen(user)(name) };
    const changed = new Signal<unknown, void>(loaded);
    const settings = await activate({ load: () => Promise.resolve({ ...loaded, changed } as never) });
    expect(settings.values.enabled).toBe(true);
    user['enabled'] = false;
    changed.emit();
    expect(settings.values.enabled).toBe(false);
  });

  test('works with the defaults when the registry fails', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    PageConfig.setOption('celltrail', '{"endpoint":"http://owner:1"}');
    const settings = await activate({ load: () => Promise.reject(new Error('settings server is away')) });
    expect(settings.values).toMatchObject({ enabled: true, endpoint: 'http://owner:1' });
    expect(faults.of('settings')).toBe('settings server is away');
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});

test('the schema takes what the settings take, and tells a person what each is', () => {
  for (const [name, property] of Object.entries(schema.properties)) {
    expect([name, property.title.length > 5]).toEqual([name, true]);
  }
  const pattern = new RegExp(schema.properties.endpoint.pattern);
  for (const good of ['', 'http://localhost:8001', 'https://a.b/c']) expect(pattern.test(good)).toBe(true);
  for (const bad of ['javascript:alert(1)', 'localhost:8001', 'http://', 'http://a b'])
    expect(pattern.test(bad)).toBe(false);
});

test('the bounds of the outbox are the person’s, else the schema’s, which are the ones of the code', () => {
  expect(mergeSettings(chosen(), nothing, 'en').outbox).toEqual(DEFAULT_BOUNDS);
  expect(mergeSettings(() => ({ user: undefined, composite: undefined }), nothing, 'en').outbox).toEqual(
    DEFAULT_BOUNDS
  );
  const mine = chosen({ outboxMaxEvents: 2000, outboxMaxMegabytes: 16, outboxMaxDays: 0 });
  expect(mergeSettings(mine, nothing, 'en').outbox).toEqual({
    maxEvents: 2000,
    maxBytes: 16 * 1024 * 1024,
    maxDays: 30
  });
});

test('a token is for the server it was configured with, and for no other', () => {
  const configured = readConfigured('{"endpoint":"https://audit.example","token":"celltrail_x"}');
  const choose = (endpoint: string) => (name: string) => ({
    user: undefined,
    composite: name === 'endpoint' ? endpoint : undefined
  });
  expect(mergeSettings(choose(''), configured, 'en').token).toBe('celltrail_x');
  expect(mergeSettings(choose('https://audit.example/'), configured, 'en').token).toBe('celltrail_x');
  expect(mergeSettings(choose('https://other.example'), configured, 'en').token).toBeNull();
});
