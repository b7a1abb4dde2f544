import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../parts/ports.js';
import { bundlePage } from './bundle.js';
import { startCable } from './cable.js';
import { type Dice } from './dice.js';
import { debianEngine, embeddedEngine, type Engine } from './engine.js';
import { type Stand } from './fault.js';
import { TABS } from './faults/browser.js';
import { startGate } from './gate.js';
import { Profile } from './profile.js';
import { Recorder } from './recorder.js';
import { server, type Server } from './server.js';
import { mountSmallDisk } from './small-disk.js';
import { startStage } from './stage.js';

/** What a stand is made of. */
export interface StandOptions {
  postgres: Engine['name'];
  browsers: number;
  /** events per second of all pages together */
  rate: number;
  dice: Dice;
  say: (line: string) => void;
}

/** A stand, and what ends it. */
export interface BuiltStand {
  stand: Stand;
  folder: string;
  /** Ends everything; it may be half built. @param keep leave the files, for who looks into a failure */
  end(keep: boolean): Promise<void>;
}

const USER = 'chaos_user';

/** Builds it all up, in the folder of temporary files. Ends what it started when it fails. */
export async function buildStand(options: StandOptions, ends: (() => unknown)[]): Promise<BuiltStand> {
  const folder = mkdtempSync(join(tmpdir(), 'celltrail-chaos-'));
  chmodSync(folder, 0o755); // Postgres 15 may run as a user of its own
  const end = async (keep: boolean): Promise<void> => {
    for (const each of ends.splice(0).reverse()) await each();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  const { dice, say } = options;
  const recorder = new Recorder(join(folder, 'truth.jsonl'));
  ends.push(() => recorder.close());
  await bundlePage(join(folder, 'page'));
  const stage = await startStage(join(folder, 'page'), recorder);
  ends.push(() => stage.close());
  const disk = mountSmallDisk(join(folder, 'disk'));
  if (disk) ends.push(() => disk.unmount());
  const home = disk?.folder ?? folder;

  const pages = { AUDIT_LAB_URL: `http://127.0.0.1:${stage.port}/`, AUDIT_ALLOWED_ORIGINS: `http://lab.test:${stage.port}`, AUDIT_USER: USER }; // prettier-ignore
  const dataDir = join(home, 'server');
  const engine =
    options.postgres === 'embedded' ? embeddedEngine(dataDir) : await debianEngine(join(home, 'postgres-15'));
  ends.push(() => engine.end());
  const cable = await startCable(() => engine.port());
  ends.push(() => cable.close());
  const made: Server[] = [];
  for (const [place, name] of (['first', 'second'] as const).entries()) {
    const isPrivate = options.postgres === 'embedded' && place === 0;
    const AUDIT_DB_CONNECTION = isPrivate ? undefined : engine.connection(cable.port);
    const env = { ...pages, AUDIT_DB_CONNECTION, AUDIT_DATA_DIR: isPrivate ? dataDir : join(home, name) };
    const one = server(await freePort(), env, join(folder, `${name}.log`));
    ends.push(() => one.end('SIGKILL'));
    say(`starting the ${name} server`);
    await one.start();
    made.push(one);
  }
  const servers = made as [Server, Server];
  const gate = await startGate(servers.map(({ port }) => port), dice); // prettier-ignore
  ends.push(() => gate.close());

  const profiles = Array.from({ length: options.browsers }, (_, place) => {
    return new Profile({
      name: `browser-${place + 1}`,
      folder: join(folder, `browser-${place + 1}`),
      plainHttp: place % 2 === 1,
      stagePort: stage.port,
      endpoint: `http://127.0.0.1:${gate.port}`,
      rate: options.rate / options.browsers / TABS,
      recorder,
      seed: () => dice.whole(1, 1_000_000)
    });
  });
  for (const profile of profiles) {
    ends.push(() => profile.kill());
    say(`starting ${profile.name}`);
    await profile.start(TABS);
  }
  return { stand: { dice, gate, cable, engine, servers, profiles, recorder, disk }, folder, end };
}
