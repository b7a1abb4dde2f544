import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FullConfig, type Reporter, type Suite } from '@playwright/test/reporter';
import { KINDS, type Kind, type Verdict } from './compare.js';

/** What one worker's suite found. */
export interface Findings {
  /** the name of what was judged */
  suite: string;
  /** what was judged, where a recorder does not keep all of it; all kinds by default */
  kinds?: readonly Kind[];
  /** scenarios that say nothing about this recorder, and why */
  notPlayed?: readonly { name: string; why: string }[];
  /** `at`: the scenario's place in the table */
  scenarios: { at: number; name: string; verdict: Verdict }[];
  /** scenarios that broke off */
  unfinished?: readonly string[];
}

/** Leaves what a worker found where the reporter looks for it. @param outputDir the project's, which is its alone */
export function leave(outputDir: string, worker: number, findings: Findings): void {
  const folder = join(outputDir, 'verdicts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${findings.suite}-${worker}.json`), JSON.stringify(findings, null, 2));
}

/** What all workers found, by suite. */
export function collect(outputDir: string): Map<string, Findings> {
  const folder = join(outputDir, 'verdicts');
  const suites = new Map<string, Findings>();
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const part = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Findings;
    const known = suites.get(part.suite);
    suites.set(part.suite, { ...part, scenarios: [...(known?.scenarios ?? []), ...part.scenarios] });
  }
  return suites;
}

/** The table that the docs show. */
export function table({ scenarios, kinds = KINDS }: Findings): string {
  const sorted = [...scenarios].sort((a, b) => a.at - b.at);
  const lines = sorted.map(({ name, verdict }) => {
    const figures = [verdict.executions, verdict.rows, ...kinds.map(kind => verdict[kind].length)];
    return `| ${name} | ${figures.join(' | ')} |`;
  });
  const words = kinds.map(kind => kind.replace(/[A-Z]/, letter => ` ${letter.toLowerCase()}`));
  const head = `| ${['scenario', 'executions', 'rows', ...words].join(' | ')} |`;
  return [head, head.replace(/[^|]+/g, '---'), ...lines, ''].join('\n');
}

/** Prints each suite's table when all workers are done, and leaves it beside their findings. */
export default class TableReporter implements Reporter {
  onBegin(_: FullConfig, root: Suite): void {
    const played = root.allTests().flatMap(test => test.parent.project()?.outputDir ?? []);
    this.folders = new Set(played);
  }

  onEnd(): void {
    for (const folder of this.folders) {
      for (const [suite, findings] of collect(folder)) {
        const text = table(findings);
        writeFileSync(join(folder, `${suite}.md`), text);
        console.log(`\n${suite}\n${text}`);
      }
    }
  }

  private folders = new Set<string>();
}
