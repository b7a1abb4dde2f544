import fc from 'fast-check';
import type { Fate } from './life.js';
import { MOODS } from './moody-server.js';
import type { ProfileWorld, WorldTab } from './profile-world.js';

/** Something that happens to a profile. What is true of it, the world knows itself. */
export type ProfileDeed = fc.AsyncCommand<object, ProfileWorld>;

/** More tabs than that show nothing more, and take their time. */
const MOST_TABS = 4;

function deed(name: string, run: (world: ProfileWorld) => unknown): ProfileDeed {
  return {
    check: () => true,
    toString: () => name,
    run: async (_, world) => {
      await run(world);
      await world.pass(0);
      world.check();
    }
  };
}

const whichTab = fc.nat({ max: MOST_TABS - 1 });
const whichAwake = (world: ProfileWorld, which: number): WorldTab[] => {
  const tab = world.tabs[which % Math.max(1, world.tabs.length)];
  return tab && !tab.life.isFrozen ? [tab] : [];
};

const capture = fc
  .record({
    tab: whichTab,
    count: fc.integer({ min: 1, max: 6 }),
    bytes: fc.constantFrom(1, 1, 500, 2_000),
    isBad: fc.nat({ max: 9 }).map(chance => chance === 0)
  })
  .map(({ tab, count, bytes, isBad }) =>
    deed(`tab ${tab} captures ${count} of ${bytes} bytes${isBad ? ', bad' : ''}`, world => {
      for (const one of whichAwake(world, tab)) for (let left = count; left > 0; left--) one.capture(isBad, bytes);
    })
  );

const doom = fc
  .record({
    tab: whichTab,
    steps: fc.integer({ min: 1, max: 12 }),
    fate: fc.constantFrom<Fate[]>('crash before', 'crash after', 'freeze')
  })
  .map(({ tab, steps, fate }) =>
    deed(`tab ${tab}: ${fate} its step ${steps}`, world => {
      for (const { life } of whichAwake(world, tab)) life.doom(steps, fate);
    })
  );

/** All that can happen; much is captured and little goes wrong. */
export const profileDeeds: fc.Arbitrary<ProfileDeed>[] = [
  capture,
  capture,
  fc.constantFrom(0, 300, 5_000, 31_000).map(ms => deed(`${ms} ms pass`, world => world.pass(ms))),
  fc.constantFrom(...MOODS).map(mood => deed(`the server: ${mood}`, ({ server }) => void (server.mood = mood))),
  fc.constant(deed('the server: fine', ({ server }) => void (server.mood = 'fine'))),
  fc.constantFrom('ana', 'babak').map(name => deed(`${name} signs in`, ({ server }) => void (server.signedIn = name))),
  fc.constantFrom(null, null, 'full' as const, 'denied' as const).map(fault => deed(`the disk: ${fault ?? 'works'}`, ({ store }) => void (store.fault = fault))), // prettier-ignore
  fc.constant(deed('a tab is opened', world => void (world.tabs.length < MOST_TABS && world.open()))),
  whichTab.map(tab =>
    deed(`tab ${tab} is closed`, async world => {
      for (const one of whichAwake(world, tab)) await one.close();
    })
  ),
  doom,
  whichTab.map(tab => deed(`tab ${tab} is killed`, world => world.tabs[tab % Math.max(1, world.tabs.length)]?.life.die())), // prettier-ignore
  whichTab.map(tab => deed(`tab ${tab} freezes`, world => whichAwake(world, tab)[0]?.life.freeze())),
  fc.constant(deed('all tabs thaw', ({ tabs }) => tabs.forEach(({ life }) => life.thaw()))),
  whichTab.map(tab => deed(`somebody tries again in tab ${tab}`, world => whichAwake(world, tab)[0]?.outbox.hurry(0)))
];
