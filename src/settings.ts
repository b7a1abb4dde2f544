import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
import { Signal, type ISignal } from '@lumino/signaling';
import { guarded, faults } from './guarded.js';
import { resolveLanguage, words, type LanguageChoice, type Words } from './i18n.js';
import { ISettings, type OutboxBounds, type SettingsValues } from './tokens.js';

const PLUGIN_ID = 'jupyterlab-celltrail:plugin';

/** Where the server is when nobody said otherwise. */
export const DEFAULT_ENDPOINT = 'http://localhost:8001';

const MEGABYTE = 1024 * 1024;

/** How much a browser keeps where nobody said otherwise; the schema's defaults are the same. */
export const DEFAULT_BOUNDS: OutboxBounds = { maxEvents: 100_000, maxBytes: 256 * MEGABYTE, maxDays: 30 };

/** What the image's owner configured, handed over by the Python server extension in the page's configuration. */
export interface Configured {
  endpoint: string | null;
  language: string | null;
  banner: readonly string[];
  showBanner: boolean | null;
  user: string | null;
  /** a token for that server, in the identity mode that asks for one */
  token: string | null;
}

/** Reads one setting: what the person chose, and what counts when they did not. */
export type ReadSetting = (name: string) => { user: unknown; composite: unknown };

/**
 * The owner's configuration out of page config. What has the wrong type counts as not said: a page must come up
 * with a faulty configuration, too.
 * @param option the page's option `celltrail`, JSON; empty when there is none
 */
export function readConfigured(option: string): Configured {
  const raw = parseObject(option);
  const { banner, showBanner } = raw;
  return {
    endpoint: cleanEndpoint(raw['endpoint']),
    language: text(raw['language']),
    banner: lines(banner),
    showBanner: typeof showBanner === 'boolean' ? showBanner : null,
    user: text(raw['user']),
    token: text(raw['token'])
  };
}

/**
 * An address the extension may talk to and link to: http or https, without a trailing slash.
 * @returns null for anything else, so that no setting smuggles in a `javascript:` link
 */
export function cleanEndpoint(value: unknown): string | null {
  const address = text(value)?.trim();
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** The values that count: the person's own choice, then the owner's configuration, then the defaults. */
export function mergeSettings(read: ReadSetting, configured: Configured, language: Words['language']): SettingsValues {
  const showBanner = read('showBanner');
  const banner = lines(read('banner').composite);
  const own = configured.endpoint ?? DEFAULT_ENDPOINT;
  const endpoint = cleanEndpoint(read('endpoint').composite) ?? own;
  return {
    enabled: read('enabled').composite !== false,
    endpoint,
    showBanner:
      typeof showBanner.user === 'boolean'
        ? showBanner.user
        : (configured.showBanner ?? showBanner.composite !== false),
    banner: banner.length ? banner : configured.banner,
    language,
    configuredUser: configured.user,
    // The token is for the server it was configured with: no other one learns it.
    token: endpoint === own ? configured.token : null,
    outbox: {
      maxEvents: atLeastOne(read('outboxMaxEvents').composite) ?? DEFAULT_BOUNDS.maxEvents,
      maxBytes: (atLeastOne(read('outboxMaxMegabytes').composite) ?? DEFAULT_BOUNDS.maxBytes / MEGABYTE) * MEGABYTE,
      maxDays: atLeastOne(read('outboxMaxDays').composite) ?? DEFAULT_BOUNDS.maxDays
    }
  };
}

/** The settings as the other plugins see them, kept up to date. */
export class Settings implements ISettings {
  /**
   * @param configured the owner's configuration
   * @param languages Lab's language and the browser's
   * @param read null while, or because, the registry has no settings for us: defaults count
   */
  constructor(
    private readonly configured: Configured,
    private readonly languages: () => { lab: string | null; browser: readonly string[] },
    private read: ReadSetting | null = null
  ) {
    this.state = this.compute();
  }

  get values(): SettingsValues {
    return this.state.values;
  }

  get t(): Words['t'] {
    return this.state.words.t;
  }

  get direction(): Words['direction'] {
    return this.state.words.direction;
  }

  get changed(): ISignal<ISettings, SettingsValues> {
    return this.signal;
  }

  /** Take in what the registry says now. Tells others only when something they see is another. */
  update(read: ReadSetting): void {
    this.read = read;
    const before = JSON.stringify(this.values);
    this.state = this.compute();
    if (JSON.stringify(this.values) !== before) this.signal.emit(this.values);
  }

  private compute(): { values: SettingsValues; words: Words } {
    const read = this.read ?? (() => ({ user: undefined, composite: undefined }));
    const choice = text(read('language').composite) as LanguageChoice | null;
    const language = resolveLanguage({
      choice: choice ?? 'auto',
      configured: this.configured.language,
      ...this.languages()
    });
    return { values: mergeSettings(read, this.configured, language), words: words(language) };
  }

  private state: { values: SettingsValues; words: Words };
  private readonly signal = new Signal<ISettings, SettingsValues>(this);
}

const plugin: JupyterFrontEndPlugin<ISettings> = {
  id: PLUGIN_ID,
  description: 'Provides the settings of Celltrail and its words.',
  autoStart: true,
  provides: ISettings,
  requires: [ISettingRegistry],
  optional: [ITranslator],
  activate: async (_app, registry: ISettingRegistry, translator: ITranslator | null) => {
    const settings = new Settings(readConfigured(PageConfig.getOption('celltrail')), () => ({
      lab: translator?.languageCode ?? null,
      browser: navigator.languages
    }));
    try {
      const loaded = await registry.load(PLUGIN_ID);
      const update = guarded('settings', () => settings.update(name => loaded.get(name)));
      loaded.changed.connect(update);
      update();
    } catch (error) {
      // Recording goes on with the defaults: a settings server that fails must not turn the audit off.
      faults.report('settings', error);
    }
    return settings;
  }
};
export default plugin;

function atLeastOne(value: unknown): number | null {
  return typeof value === 'number' && value >= 1 ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function lines(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(line => typeof line === 'string') : [];
}

function parseObject(json: string): Record<string, unknown> {
  if (!json) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    faults.report('settings', error);
    return {};
  }
}
