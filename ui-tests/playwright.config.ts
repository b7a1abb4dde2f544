import { defineConfig } from '@playwright/test';
import { type InstallationOptions } from './installation.js';

// Debian's Chromium; the flags keep it from reaching out of this machine.
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

// Nobody looks at pictures of each step of so many scenarios: a fault is looked for in what was written down.
const lean = { trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false } } as const;

export default defineConfig<object, InstallationOptions>({
  testDir: '.',
  outputDir: 'results/artifacts',
  // One installation (server, database, Lab, kernels) at a time: two would fight for the cores and for each other's times.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }], ['./fidelity/verdicts.ts']],
  use: {
    viewport: { width: 1360, height: 850 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags }
  },
  projects: [
    {
      name: 'embedded',
      use: { engine: 'embedded' },
      testIgnore: [
        'fidelity.spec.ts',
        'executors.spec.ts',
        'people.spec.ts',
        'pictures.spec.ts',
        'portal-pictures.spec.ts',
        'rivals.spec.ts'
      ]
    },
    { name: 'debian-15', use: { engine: 'debian-15' }, testMatch: 'scenario.spec.ts' },
    // What they found stays when the others run: docs/fidelity.md is written from it.
    {
      name: 'fidelity',
      testMatch: ['fidelity.spec.ts', 'executors.spec.ts', 'people.spec.ts'],
      outputDir: 'results/fidelity',
      use: lean
    },
    ...(process.env['RIVALS']
      ? [{ name: 'rivals', testMatch: 'rivals.spec.ts', outputDir: 'results/rivals', use: lean }]
      : []),
    // They write into docs/, so they are made only when asked for.
    ...(process.env['PICTURES']
      ? [{ name: 'pictures', testMatch: ['pictures.spec.ts', 'portal-pictures.spec.ts'] }]
      : [])
  ]
});
