import { join } from 'node:path';
import { type BrowserContext } from '@playwright/test';
import { startDebian15 } from '../parts/debian-15.js';
import { type Driver } from '../parts/driver.js';
import { startLab } from '../parts/lab.js';
import { freePort } from '../parts/ports.js';
import { psqlOf } from '../parts/psql.js';
import { auditServer } from '../parts/server.js';
import { type Row } from './compare.js';
import { beside } from './neighbours.js';
import { recorded, type StartRecorder } from './recorder.js';

/** The two people who share notebooks; every browser is the host's until it is said to be the guest's. */
export const HOST = 'sara';
export const GUEST = 'reza';

/** The settings of a plugin, as Lab's server tells them. */
interface PluginSettings {
  id: string;
  raw: string;
}

/**
 * One Lab with jupyter-collaboration that two people use at a time. Each sends to a server of their own, which takes
 * whoever comes for its user: two replicas on one database.
 */
export interface Collaboration {
  start: StartRecorder;
  /** Makes a browser the guest's and opens Lab in it anew. */
  becomeGuest(driver: Driver): Promise<void>;
  /** Keeps the host's browser from its server. @returns what lets it through again */
  cutOff(host: BrowserContext): Promise<() => Promise<void>>;
  rows(): Row[];
  /** what was said of a kernel's runs that its rows do not bear out */
  contradicted(kernel: string): object[];
}

/** Nothing of it runs until it is started. */
export function collaboration(): Collaboration {
  const address = { [HOST]: '', [GUEST]: '' };
  let rows: () => Row[] = () => [];
  let contradicted: Collaboration['contradicted'] = () => [];
  const start: StartRecorder = async (folder, env) => {
    const port = await freePort();
    const database = await startDebian15();
    const stops: (() => Promise<unknown>)[] = [() => database.stop()];
    const stop = async () => {
      for (const each of stops.splice(0).reverse()) await each();
    };
    try {
      for (const user of [HOST, GUEST] as const) {
        const server = await auditServer({
          dataDir: join(folder, user),
          labUrl: `http://127.0.0.1:${port}`,
          user,
          connection: database.connection
        });
        await server.start();
        stops.push(() => server.stop());
        address[user] = server.url;
      }
      const lab = await startLab({
        folder,
        port,
        endpoint: address[HOST],
        user: HOST,
        env: { ...env, ...beside('collaboration') }
      });
      stops.push(() => lab.running.stop());
      const psql = psqlOf(`psql ${database.connection}`);
      rows = () => recorded(psql);
      contradicted = kernel =>
        psql.rows(`SELECT body FROM audit_events WHERE type = 'event.contradicted' AND kernel_id = '${kernel}'`);
      // A page that could not reach its server waits longer from try to try.
      return { lab, rows, deliveryMs: 60_000, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  };
  return {
    start,
    rows: () => rows(),
    contradicted: kernel => contradicted(kernel),
    async becomeGuest(driver) {
      const { page, lab } = driver;
      await page.context().route(`${lab.url}/lab/api/settings**`, async route => {
        if (route.request().method() !== 'GET') return route.fallback();
        const response = await route.fetch();
        return route.fulfill({ response, json: withEndpoint(await response.json(), address[GUEST]) });
      });
      await driver.open();
    },
    async cutOff(host) {
      const all = `${address[HOST]}/**`;
      await host.route(all, route => route.abort('internetdisconnected'));
      return () => host.unroute(all);
    }
  };
}

/** People of one Lab server share its settings; here each has an address of their own in them. */
function withEndpoint(answer: unknown, endpoint: string): unknown {
  // A list of all has them under `settings`, where one alone has its values.
  const { settings } = answer as { settings: unknown };
  const plugins = Array.isArray(settings) ? (settings as PluginSettings[]) : [answer as PluginSettings];
  for (const plugin of plugins)
    if (plugin.id === 'jupyterlab-celltrail:plugin') plugin.raw = JSON.stringify({ endpoint });
  return answer;
}
