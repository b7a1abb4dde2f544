import { type Cable } from './cable.js';
import { type Dice } from './dice.js';
import { type Engine } from './engine.js';
import { type Gate } from './gate.js';
import { type Profile } from './profile.js';
import { type Recorder } from './recorder.js';
import { type Server } from './server.js';
import { type SmallDisk } from './small-disk.js';

/** Everything that a fault may break. */
export interface Stand {
  dice: Dice;
  gate: Gate;
  cable: Cable;
  engine: Engine;
  /** the first owns the private Postgres where there is one; the second reaches the database by the cable */
  servers: readonly [Server, Server];
  profiles: readonly Profile[];
  recorder: Recorder;
  /** what the database lies on; null where no such disk could be made */
  disk: SmallDisk | null;
}

/** Faults of one lane come one after the other; lanes run side by side. Every profile has a browser lane of its own. */
export type LaneName = 'network' | 'wire' | 'database' | 'server' | 'browser';

/** Puts things right, and resolves when they are. */
export type Heal = () => Promise<void>;

/** One kind of fault. */
export interface Fault {
  name: string;
  lane: LaneName;
  /** how long it lasts, ms, least and most */
  holdMs: readonly [number, number];
  /** Why it can't be had here; null: it can. */
  unfit?(stand: Stand): string | null;
  /** Breaks it. @param profile whose turn it is, in the browser's lane */
  inject(stand: Stand, profile: Profile): Promise<Heal>;
}
