import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FullConfig, type Reporter } from '@playwright/test/reporter';
import { type Verdict } from './compare.js';

/** What one worker's suite found. */
export interface Findings {
  /** the name of what was judged */
  suite: string;
  /** `at`: the scenario's place in the table */
  scenarios: { at: number; name: string; verdict: Verdict }[];
}

const KINDS = ['missing', 'phantom', 'duplicate', 'wrongCode', 'wrongStatus', 'wrongTime', 'wrongError'] as const;

/** Leaves what a worker found where the reporter looks for it. @param outputDir the project's, which is its alone */
export function leave(outputDir: string, worker: number, findings: Findings): void {
  const folder = join(outputDir, 'verdicts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${findings.suite}-${worker}.json`), JSON.stringify(findings, null, 2));
}

/** What all workers found, by suite. */
export function collect(outputDir: string): Map<string, Findings['scenarios']> {
  const folder = join(outputDir, 'verdicts');
  const suites = new Map<string, Findings['scenarios']>();
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const { suite, scenarios } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Findings;
    suites.set(suite, [...(suites.get(suite) ?? []), ...scenarios]);
  }
  return suites;
}

/** The table that the docs show. */
export function table(scenarios: Findings['scenarios']): string {
  const sorted = [...scenarios].sort((a, b) => a.at - b.at);
  const lines = sorted.map(({ name, verdict }) => {
    const figures = [verdict.executions, verdict.rows, ...KINDS.map(kind => verdict[kind].length)];
    return `| ${name} | ${figures.join(' | ')} |`;
  });
  const head =
    '| scenario | executions | rows | missing | phantom | duplicate | wrong code | wrong status | wrong time | wrong error |';
  return [head, head.replace(/[^|]+/g, '---'), ...lines, ''].join('\n');
}

/** Prints each suite's table when all workers are done, and leaves it beside their findings. */
export default class TableReporter implements Reporter {
  onBegin(config: FullConfig): void {
    this.folders = new Set(config.projects.map(({ outputDir }) => outputDir));
  }

  onEnd(): void {
    for (const folder of this.folders) {
      for (const [suite, scenarios] of collect(folder)) {
        const text = table(scenarios);
        writeFileSync(join(folder, `${suite}.md`), text);
        console.log(`\n${suite}\n${text}`);
      }
    }
  }

  private folders = new Set<string>();
}
