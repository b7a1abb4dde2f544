import { expect } from '@playwright/test';
import { runElsewhere } from '../other-client.js';
import { type ExpectedRun } from '../compare.js';
import { type Scenario } from '../scenario.js';
import { LANGUAGES, type Language } from './language.js';

/** Kernels that disagree with IPython about errors, counts, dates and interrupts. */
export const languages: Scenario[] = LANGUAGES.flatMap(language => [
  oneByOne(language),
  failureInRunAll(language),
  interrupt(language),
  ...(language.restarted === null ? [] : [restart(language, language.restarted)]),
  otherClient(language),
  quietRuns(language),
  counts(language)
]);

function oneByOne({ name, kernel, result, prints, fails, syntax, naps }: Language): Scenario {
  return {
    name: `${name}: results, prints, errors, a nap`,
    async play({ driver, ended }) {
      const cells = [result, prints, fails, syntax, naps, result];
      await driver.notebook(cells, kernel);
      for (const index of cells.keys()) {
        await driver.runCell(index);
        await ended(index + 1);
      }
    }
  };
}

function failureInRunAll({ name, kernel, result, prints, fails, naps }: Language): Scenario {
  return {
    name: `${name}: a failure in the middle of Run All`,
    async play({ driver, began }) {
      await driver.notebook([naps, fails, prints, result], kernel);
      await driver.begin('notebook:run-all-cells');
      // Whether the kernel runs what is behind the failure is its own affair, and the truth tells.
      await began(4);
      await driver.cellsDone();
    }
  };
}

function interrupt({ name, kernel, goesOn, result, interrupted }: Language): Scenario {
  return {
    name: `${name}: interrupt`,
    async play({ driver, began, ended }) {
      await driver.notebook([goesOn, result], kernel);
      await driver.runCell(0);
      await began(1);
      await driver.page.waitForTimeout(500); // the kernel has taken it up, and has yet to begin with the code
      await driver.command('notebook:interrupt-kernel');
      const dies = interrupted === 'kernel_died';
      // The server sees a death within 3 s and starts another process, and Lab shows that until the kernel is asked something.
      if (dies) await driver.page.waitForTimeout(8000);
      else await ended(1);
      await driver.runCell(1);
      await ended(dies ? 1 : 2);
      return new Map([[goesOn, interrupted]]);
    }
  };
}

function restart({ name, kernel, goesOn, result }: Language, restarted: string): Scenario {
  return {
    name: `${name}: restart during a run`,
    async play({ driver, began, ended, truth, audited }) {
      const { kernel: id } = await driver.notebook([goesOn, result], kernel);
      await driver.runCell(0);
      await began(1);
      await driver.page.waitForTimeout(500);
      await driver.restart();
      const before = truth().filter(run => run.took_ms !== null).length;
      await driver.runCell(1);
      await ended(before + 1);
      await audited('kernel.restarted', id, events => expect(events).toMatchObject([{ reason: 'requested' }]));
      return new Map([[goesOn, restarted]]);
    }
  };
}

function otherClient({ name, kernel, result, fails, syntax, elsewhere }: Language): Scenario {
  return {
    name: `${name}: another client's runs`,
    async play(stage) {
      const { kernel: id } = await stage.driver.notebook([result], kernel);
      await stage.driver.runCell(0);
      await stage.ended(1);
      await runElsewhere(stage, id, [[elsewhere.result], [fails], [syntax]]);
      await stage.ended(4);
      const codes = { result: elsewhere.result, fails, syntax };
      return new Map(KINDS.map(kind => [codes[kind], foreign(elsewhere.unknown.includes(kind))]));
    }
  };
}

const KINDS = ['result', 'fails', 'syntax'] as const;

// Another client's reply does not come here: what IOPub leaves out is not known.
function foreign(isUnknown: boolean): ExpectedRun {
  return isUnknown ? { client: 'foreign', status: 'unknown' } : { client: 'foreign' };
}

function quietRuns({ name, kernel, result, prints, naps }: Language): Scenario {
  return {
    name: `${name}: silent and unstored runs of the page itself`,
    async play({ driver, ended }) {
      await driver.notebook([result], kernel);
      await driver.execute({ code: naps, silent: true });
      await driver.execute({ code: prints, store_history: false });
      await driver.runCell(0);
      await ended(3);
      return new Map([naps, prints].map(code => [code, { client: 'background' }]));
    }
  };
}

// Every run whose effect on the count is in question, first seen, then not: only those that were not are missing.
function counts({ name, kernel, result, prints, naps, elsewhere }: Language): Scenario {
  return {
    name: `${name}: what its count tells of runs that no page saw`,
    async play(stage) {
      const { driver, ended, audited } = stage;
      const { alone, missing, silent, silentIs, unknown, unstored } = elsewhere;
      const { path, kernel: id } = await driver.notebook([result, prints], kernel);
      await driver.execute({ code: naps, silent: true });
      await driver.execute({ code: naps, store_history: false });
      await driver.runCell(0);
      await ended(3);
      await runElsewhere(stage, id, [
        [elsewhere.result],
        [unstored, { store_history: false }],
        [silent, { silent: true }]
      ]);
      await ended(6);
      await driver.runCell(1);
      await ended(7);
      await driver.command('docmanager:save');
      await driver.command('application:close');
      await runElsewhere(stage, id, [[alone], [alone, { store_history: false }], [alone, { silent: true }]]);
      await ended(10);
      await driver.openNotebook(path);
      await driver.runCell(1);
      await ended(11);
      await audited('capture.gap', id, gaps => expect(gaps).toMatchObject([{ reason: 'not_connected', missing }]));
      const isUnknown = unknown.includes('result');
      return new Map<string, ExpectedRun | null>([
        [naps, { client: 'background' }],
        [elsewhere.result, foreign(isUnknown)],
        [unstored, foreign(isUnknown)],
        [silent, silentIs === null ? null : foreign(silentIs === 'unknown')],
        [alone, null]
      ]);
    }
  };
}
