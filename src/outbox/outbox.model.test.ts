import fc from 'fast-check';
import { profileDeeds } from './test/profile-deeds.js';
import { ProfileWorld } from './test/profile-world.js';

// Many more by `npm run model`.
const RUNS = Number(process.env['CELLTRAIL_MODEL_RUNS'] ?? 25);
const COMMANDS = Number(process.env['CELLTRAIL_MODEL_COMMANDS'] ?? 60);
const TIMEOUT_MS = 4 * 60 * 60_000;

describe.each([
  ['with Web Locks', true],
  ['on plain http', false]
])('%s', (_, hasLocks) => {
  test(
    'whatever happens to tabs, disk, server and people, what was stored is delivered once, to whom it belongs',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(profileDeeds, { size: '+1', maxCommands: COMMANDS }), async commands => {
          const world = new ProfileWorld(hasLocks);
          world.open();
          await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
          await world.checkEnd();
        }),
        { numRuns: RUNS }
      );
    },
    TIMEOUT_MS
  );
});
