import { type CableFault } from '../cable.js';
import { type Fault } from '../fault.js';

const NAMES: Record<CableFault, string> = {
  refused: 'database wire: connections refused',
  hanging: 'database wire: hangs',
  slow: 'database wire: slow',
  'half-answer': 'database wire: half an answer',
  'commit-cut': 'database wire: reset in the middle of a commit',
  'commit-lost': 'database wire: reset before the commit'
};

/** What can happen between a server and its database. */
export const WIRE_FAULTS: readonly Fault[] = [
  ...(Object.entries(NAMES) as [CableFault, string][]).map(([kind, name]): Fault => ({
    name,
    lane: 'wire',
    holdMs: [1_500, 5_000],
    inject({ cable }) {
      cable.fault = kind;
      if (kind === 'refused') cable.breakAll();
      return Promise.resolve(() => {
        cable.fault = null;
        if (kind === 'hanging') cable.breakAll();
        return Promise.resolve();
      });
    }
  })),
  {
    name: 'database wire: reset',
    lane: 'wire',
    holdMs: [0, 500],
    inject({ cable }) {
      cable.breakAll();
      return Promise.resolve(() => Promise.resolve());
    }
  }
];
