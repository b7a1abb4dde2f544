import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from '@playwright/test';
import { labVenv } from '../parts/lab.js';
import { type Home } from './context.js';
import { compare, isFaithful, type Expected, type Row, type Verdict } from './compare.js';
import { writeKernelspecs } from './kernelspecs.js';
import { celltrail, type Recorder, type StartRecorder } from './recorder.js';
import { type Scenario } from './scenario.js';
import { openStage } from './stage.js';
import { readTruth, type Truth } from './truth.js';

/** How long delivery may take until what is on record is held against what ran, ms. */
const DELIVERY_MS = 15_000;

interface Played {
  kernels: Set<string>;
  expected: Expected;
  homes: ReadonlyMap<string, Home>;
  /** whether it was played to its end and judged */
  isFinished: boolean;
}

/** Plays scenarios in one Lab and judges what its recorder has of them. */
export class Suite {
  private constructor(
    private readonly folder: string,
    private readonly recorder: Recorder
  ) {}

  /** Starts Lab with kernels that write the truth down, and the recorder. Whoever starts it stops it. */
  static async start(start: StartRecorder = celltrail): Promise<Suite> {
    const folder = mkdtempSync(join(tmpdir(), 'celltrail-fidelity-'));
    hookKernels(folder);
    try {
      return new Suite(folder, await start(folder, { CELLTRAIL_TRUTH: truthFile(folder) }));
    } catch (error) {
      // Nobody else knows of it yet.
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.recorder.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Plays a scenario on pages of its own and waits until the record is right, for 15 s at most.
   * @returns what is on record by then; what comes or changes later shows in {@link judgeAll}
   */
  async play(scenario: Scenario, browser: Browser): Promise<Verdict> {
    const earlier = new Set(this.truth().map(run => run.kernel_id));
    const truth = () => this.truth().filter(run => !earlier.has(run.kernel_id));
    const { stage, homes, strike } = await openStage({ browser, recorder: this.recorder, folder: this.folder, truth });
    const played: Played = { kernels: new Set(), expected: new Map(), homes, isFinished: false };
    this.played.set(scenario.name, played);
    try {
      played.expected = (await scenario.play(stage)) ?? played.expected;
      const verdict = await this.delivered(played, truth);
      played.isFinished = true;
      return verdict;
    } catch (error) {
      console.error(`JupyterLab's last words in "${scenario.name}":\n${lastLines(this.recorder.lab.running.output())}`);
      throw error;
    } finally {
      played.kernels = kernelsOf(truth());
      await strike();
    }
  }

  /**
   * Judges all that was played once more, on what is on record now, each row by its kernel's scenario.
   * @param rows of another record of the same plays
   */
  judgeAll(rows: readonly Row[] = this.recorder.rows()): Map<string, Verdict> {
    const verdicts = new Map<string, Verdict>();
    const known = new Set<string>();
    for (const [name, played] of this.played) {
      verdicts.set(name, this.judge(played, rows));
      for (const kernel of played.kernels) known.add(kernel);
    }
    const nobodys = rows.filter(row => !known.has(row.kernel_id));
    if (nobodys.length) verdicts.set('rows of kernels that no scenario ran', compare([], nobodys));
    return verdicts;
  }

  /** Scenarios that broke off: what was found of them is not the whole. */
  get unfinished(): string[] {
    return [...this.played].filter(([, { isFinished }]) => !isFinished).map(([name]) => name);
  }

  private async delivered(played: Played, truth: () => Truth[]): Promise<Verdict> {
    const deadline = Date.now() + (this.recorder.deliveryMs ?? DELIVERY_MS);
    for (;;) {
      played.kernels = kernelsOf(truth());
      const verdict = this.judge(played, this.recorder.rows());
      if (isFaithful(verdict) || Date.now() > deadline) return verdict;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }

  private judge({ kernels, expected, homes }: Played, rows: readonly Row[]): Verdict {
    const visible = this.truth().filter(run => kernels.has(run.kernel_id) && expected.get(run.code) !== null);
    return compare(
      visible,
      rows.filter(row => kernels.has(row.kernel_id)),
      expected,
      homes
    );
  }

  /** What all kernels wrote down so far. */
  truth(): Truth[] {
    return readTruth(truthFile(this.folder));
  }

  private readonly played = new Map<string, Played>();
}

const lastLines = (text: string) => text.trimEnd().split('\n').slice(-60).join('\n');

const kernelsOf = (runs: readonly Truth[]) => new Set(runs.map(run => run.kernel_id));

const truthFile = (folder: string) => join(folder, 'truth.jsonl');

/** IPython reads its hook at start-up; kernels of other languages are started with it. */
function hookKernels(folder: string): void {
  const startup = join(folder, 'ipython', 'profile_default', 'startup');
  mkdirSync(startup, { recursive: true });
  cpSync(join(import.meta.dirname, 'truth.py'), join(startup, '00-truth.py'));
  writeKernelspecs(join(folder, 'data'), labVenv());
}
