import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Browser, type BrowserContext } from '@playwright/test';
import { Driver } from '../parts/driver.js';
import { labVenv } from '../parts/lab.js';
import { type Home } from './context.js';
import { type Recorder } from './recorder.js';
import { type Stage } from './scenario.js';
import { type Truth } from './truth.js';

const runFile = promisify(execFile);

/** What a stage stands on. */
export interface StageOptions {
  browser: Browser;
  recorder: Recorder;
  /** the suite's own folder */
  folder: string;
  /** what the kernels of this scenario wrote down so far */
  truth: () => Truth[];
}

/** A stage with its first page open. */
export interface OpenStage {
  stage: Stage;
  /** by kernel, the notebook that a page of the stage opened with it */
  homes: ReadonlyMap<string, Home>;
  /** shuts the kernels down and closes the browsers */
  strike: () => Promise<void>;
}

/** Opens a stage. */
export async function openStage(options: StageOptions): Promise<OpenStage> {
  const { browser, recorder, folder, truth } = options;
  const { lab } = recorder;
  const context = await browser.newContext();
  const contexts = [context];
  const homes = new Map<string, Home>();
  const open = async (where: BrowserContext) => {
    const driver = new Driver(await where.newPage(), lab, homes);
    await driver.open();
    return driver;
  };
  const stage: Stage = {
    driver: await open(context),
    lab,
    context,
    truth,
    another: () => open(context),
    stranger: async options => {
      const other = await browser.newContext(options);
      contexts.push(other);
      return open(other);
    },
    began: count => until(truth, count, () => true),
    ended: count => until(truth, count, run => run.took_ms !== null),
    audited: async (type, kernel, holds) => {
      if (!recorder.audited) {
        if (holds) return [];
        throw new Error('this recorder keeps no events, and the scenario needs them to go on');
      }
      const events = () => recorder.audited?.(type, kernel) ?? [];
      await expect.poll(() => events().length, { timeout: 15_000 }).toBeGreaterThan(0);
      holds?.(events());
      return events();
    },
    onRecord: (type, kernel) => recorder.audited?.(type, kernel) ?? [],
    python: async (source, ...args) => {
      const env = { ...process.env, JUPYTER_RUNTIME_DIR: join(folder, 'runtime') };
      return (await runFile(join(labVenv(), 'bin', 'python'), ['-c', source, ...args], { env })).stdout;
    }
  };
  const strike = async () => {
    await shutDownKernels(context);
    for (const each of contexts) await each.close();
  };
  return { stage, homes, strike };
}

async function until(truth: () => Truth[], count: number, counts: (run: Truth) => boolean): Promise<void> {
  await expect
    .poll(() => truth().filter(counts).length, { timeout: 60_000, intervals: [50] })
    .toBeGreaterThanOrEqual(count);
}

async function shutDownKernels(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  await page?.evaluate(async () => {
    const kernels = window.jupyterapp.serviceManager.kernels as unknown as { shutdownAll(): Promise<void> };
    await kernels.shutdownAll();
  });
}
