import { MAX_BATCH_EVENTS } from '@celltrail/protocol';
import fc from 'fast-check';
import { checkPlaces, deeds, World, type Model } from './test/model.js';

// More by hand: CELLTRAIL_PROPERTY_RUNS=10000 npx jest queue.property --selectProjects browser
const RUNS = Number(process.env['CELLTRAIL_PROPERTY_RUNS'] ?? 400);
const TIMEOUT_MS = 20 * 60_000;

test(
  'whatever happens, no event is lost, kept twice, given up or booked on another person',
  () => {
    fc.assert(
      fc.property(fc.commands(deeds, { size: '+1', maxCommands: 200 }), commands => {
        const start = () => ({ model: { captured: new Map() }, real: new World() });
        fc.modelRun(start, commands);
      }),
      { numRuns: RUNS }
    );
  },
  TIMEOUT_MS
);

test(
  'once the weather is fine and both people have been there, nothing waits any more',
  () => {
    fc.assert(
      fc.property(fc.commands(deeds, { size: '+1', maxCommands: 60 }), commands => {
        const model: Model = { captured: new Map() };
        const world = new World();
        fc.modelRun(() => ({ model, real: world }), commands);
        // A proxy that lets nothing large through is set right, too.
        world.limit = { bytes: Infinity, events: MAX_BATCH_EVENTS };
        for (const name of ['ana', 'babak']) {
          world.signedIn = name;
          // Each try stores a batch, refuses one event or halves the batch: the count bounds the tries.
          const waits = (): boolean => [...world.waiting.values()].some(({ actor }) => actor === name);
          for (let tries = 0; waits() && tries < model.captured.size + 100; tries++) {
            world.now += 1_000_000;
            world.send('fine', null, 0.5, 1);
          }
        }
        expect(world.waiting.size).toBe(0);
        checkPlaces(model, world);
      }),
      { numRuns: RUNS / 2 }
    );
  },
  TIMEOUT_MS
);
