import { parseArgs } from 'node:util';
import { type ChaosOptions } from './run.js';

/** What the command line says. */
export type Asked = Omit<ChaosOptions, 'signal' | 'say'> & { write: boolean; quiet: boolean };

const USAGE = `npm run chaos -- [--minutes 30] [--seed 1] [--postgres embedded|15] [--browsers 2] [--rate 130]
                 [--only "fault,fault"] [--brief] [--quiet] [--write]`;

/** @returns what was asked, or what is wrong with it */
export function parseOptions(args: readonly string[]): Asked | { wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '30' },
        seed: { type: 'string', default: '1' },
        postgres: { type: 'string', default: 'embedded' },
        browsers: { type: 'string', default: '2' },
        rate: { type: 'string', default: '130' },
        only: { type: 'string', default: '' },
        brief: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false }
      }
    });
    const { postgres, brief, quiet, write } = values;
    if (postgres !== 'embedded' && postgres !== '15') throw new TypeError('--postgres is embedded or 15');
    const numbers = { minutes: values.minutes, seed: values.seed, browsers: values.browsers, rate: values.rate };
    for (const [name, text] of Object.entries(numbers))
      if (!(Number(text) > 0)) throw new TypeError(`--${name} is a number above 0`);
    return {
      command: ['npm run chaos --', ...args.filter(arg => arg !== '--write')].join(' '),
      minutes: Number(values.minutes),
      seed: Number(values.seed),
      browsers: Number(values.browsers),
      rate: Number(values.rate),
      only: values.only.split(',').map(name => name.trim()).filter(Boolean), // prettier-ignore
      postgres,
      brief,
      quiet,
      write
    };
  } catch (error) {
    return { wrong: `${(error as Error).message}\n\n${USAGE}` };
  }
}
