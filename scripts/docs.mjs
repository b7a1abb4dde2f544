// Writes the tables of docs/configuration.md from where the settings are read: `node scripts/docs.mjs`, and with
// `--check` only says whether the page is current. Wants the server built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasParts, table, writeParts } from './marked.mjs';
import { ROOT } from './places.mjs';

const PAGE = 'docs/configuration.md';
const { SETTINGS } = await import('../server/lib/server/config.js');
const schema = JSON.parse(readFileSync(join(ROOT, 'schema/plugin.json'), 'utf8'));

const code = text => (text === '' ? '' : `\`${text}\``);

const tables = {
  server: table(
    ['name', 'default', 'what it says'],
    SETTINGS.map(({ name, default: fallback, sentence, secret }) => [
      secret ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``,
      code(fallback),
      sentence
    ])
  ),
  lab: table(
    ['setting', 'default', 'what it says'],
    Object.entries(schema.properties).map(([name, { title, description, default: fallback }]) => [
      `\`${name}\` (${title})`,
      code(JSON.stringify(fallback)),
      description ?? ''
    ])
  )
};

if (!process.argv.includes('--check')) writeParts(PAGE, tables);
else if (!hasParts(PAGE, tables)) {
  console.error(`${PAGE} is not what the code reads: run node scripts/docs.mjs`);
  process.exit(1);
}
