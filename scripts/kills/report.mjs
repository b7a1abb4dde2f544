import { table } from '../marked.mjs';
import { killsOf } from './victims.mjs';

/**
 * A run as Markdown, for the terminal and for docs/delivery.md.
 * @param {{ command: string, postgres: string }} asked
 * @param {import('./run.mjs').Found} found
 * @returns {string}
 */
export function describeKills({ command, postgres }, found) {
  const { tally, seconds, made, acknowledged, repeated, acknowledgedLost, verdict } = found;
  const kinds = Object.entries(tally.kinds).map(([kind, count]) => `${kind} ${whole(count)}`);
  const recoveries = [...tally.recoveries].sort((a, b) => a - b);
  const rows = [
    ['kills', `${whole(killsOf(tally))} (${kinds.join(', ')})`],
    ['kills with requests unanswered', whole(tally.loaded)],
    ['events sent', whole(made)],
    ['events answered for', whole(acknowledged)],
    ['**acknowledged and lost**', `**${whole(acknowledgedLost.length)}**`],
    ['**doubled**', `**${whole(verdict.doubled.length)}**`],
    ['sent and not stored in the end', whole(verdict.lost.length + verdict.waiting.length)],
    ['bad events, refused', whole(verdict.refused)],
    ['committed, but the answer was lost, so sent again and told to be there', whole(repeated)],
    ['time until a batch was answered for again', `median ${inSeconds(recoveries[recoveries.length >> 1])}, longest ${inSeconds(recoveries.at(-1))}`] // prettier-ignore
  ];
  return [`\`${command}\`: Postgres ${postgres}, ${Math.round(seconds)} s.`, '', table(['what', 'figure'], rows)].join('\n'); // prettier-ignore
}

const whole = value => value.toLocaleString('en-US');
const inSeconds = ms => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);
