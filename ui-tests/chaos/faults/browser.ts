import { type Fault, type Heal, type Stand } from '../fault.js';
import { type Profile, type Tab } from '../profile.js';
import { signal } from '../processes.js';

const HOUR_MS = 3_600_000;
/** Tabs of a profile while nothing is wrong with it. */
export const TABS = 3;

const done: Heal = () => Promise.resolve();

/** Opens as many tabs as there should be. */
async function complete(profile: Profile): Promise<void> {
  while (profile.tabs.length < TABS) await profile.open();
}

function any({ dice }: Stand, profile: Profile): Tab {
  return dice.pick(profile.tabs);
}

type Inject = (stand: Stand, profile: Profile) => Promise<Heal>;
const fault = (name: string, inject: Inject, holdMs: Fault['holdMs'] = [500, 3_000]): Fault => ({
  name,
  lane: 'browser',
  holdMs,
  inject
});

const crashed: Inject = async (stand, profile) => {
  signal(await profile.renderer(any(stand, profile)), 'SIGKILL');
  return () => complete(profile);
};

const frozenTab: Inject = async (stand, profile) => {
  const pid = await profile.renderer(any(stand, profile));
  signal(pid, 'SIGSTOP');
  return () => {
    signal(pid, 'SIGCONT');
    return Promise.resolve();
  };
};

const frozenBrowser: Inject = (_, profile) => {
  const pids = profile.processes().map(({ pid }) => pid);
  for (const pid of pids) signal(pid, 'SIGSTOP');
  return Promise.resolve(() => {
    for (const pid of pids) signal(pid, 'SIGCONT');
    return Promise.resolve();
  });
};

const manyTabs: Inject = async (_, profile) => {
  while (profile.tabs.length < 10) await profile.open();
  return async () => {
    for (const tab of profile.tabs.slice(TABS)) await profile.close(tab);
  };
};

const storageFull: Inject = async (_, profile) => {
  const session = await profile.tabs[0]!.page.context().newCDPSession(profile.tabs[0]!.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: profile.origin, quotaSize: 1 });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin: profile.origin });
    await session.detach();
  };
};

const clock =
  (ms: number): Inject =>
  async (_, profile) => {
    await profile.shiftClock(ms);
    return () => profile.shiftClock(0);
  };

/** What can happen to a browser, its tabs, its storage and its clock. */
export const BROWSER_FAULTS: readonly Fault[] = [
  fault('tab reloaded', async (stand, profile) => {
    await profile.reload(any(stand, profile));
    return done;
  }),
  fault('tab closed', async (stand, profile) => {
    await profile.close(any(stand, profile));
    return () => complete(profile);
  }),
  fault('tab killed', crashed),
  // Longer than the lease waits for a sign of life.
  fault('tab frozen', frozenTab, [3_000, 28_000]),
  fault('ten tabs', manyTabs, [1_000, 4_000]),
  fault('outbox thread ended', async (stand, profile) => {
    const [thread] = any(stand, profile).page.workers();
    await thread?.evaluate(() => globalThis.close());
    return done;
  }),
  fault('browser killed', async (_, profile) => {
    await profile.kill();
    return () => profile.start(TABS);
  }),
  fault('browser closed and opened', async (_, profile) => {
    await profile.quit();
    return () => profile.start(TABS);
  }),
  fault('browser ended by the system', async (_, profile) => {
    await profile.end();
    return () => profile.start(TABS);
  }),
  fault('browser frozen', frozenBrowser, [2_000, 8_000]),
  fault('storage full', storageFull, [2_000, 6_000]),
  fault('clock a day ahead', clock(23 * HOUR_MS)),
  fault('clock three days behind', clock(-72 * HOUR_MS))
];
