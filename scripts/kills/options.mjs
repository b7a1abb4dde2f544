import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { VICTIMS } from './run.mjs';

const USAGE =
  'npm run kills -- --victim server|replica|database [--times 1000] [--postgres embedded|15] [--seed 1] [--write]';

/**
 * @typedef {{ victim: 'server' | 'replica' | 'database', postgres: 'embedded' | '15', times: number, seed: number }} Asked
 * What to kill, whose Postgres it is, how often, and which chance.
 */

/**
 * What the command line says.
 * @param {string[]} args
 * @returns {Asked & { command: string, write: boolean }}
 * @throws {Failure} with the usage
 */
export function parseOptions(args) {
  const { victim, postgres, times, seed, write } = parsed(args);
  if (!VICTIMS.includes(victim)) throw new Failure(`--victim is one of ${VICTIMS.join(', ')}.`, USAGE);
  if (!['embedded', '15'].includes(postgres)) throw new Failure('--postgres is embedded or 15.', USAGE);
  if (!(Number.isInteger(Number(times)) && Number(times) > 0))
    throw new Failure('--times is a whole number above 0.', USAGE);
  const command = ['npm run kills --', ...args.filter(arg => arg !== '--write')].join(' ');
  return { victim, postgres, times: Number(times), seed: Number(seed) || 1, command, write };
}

function parsed(args) {
  const text = fallback => ({ type: 'string', default: fallback });
  const options = {
    victim: text(''),
    postgres: text('embedded'),
    times: text('1000'),
    seed: text('1'),
    write: { type: 'boolean', default: false }
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure(error.message, USAGE);
  }
}
