// Writes the tables of docs/configuration.md from where the settings are read: `node scripts/docs.mjs`, and with
// `--check` only says whether the page is current. Wants the server built.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = name => fileURLToPath(new URL(`../${name}`, import.meta.url));
const { SETTINGS } = await import('../server/lib/server/config.js');
const schema = JSON.parse(readFileSync(path('schema/plugin.json'), 'utf8'));

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map(row => `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
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

const page = path('docs/configuration.md');
const before = readFileSync(page, 'utf8');
const after = before.replace(
  /<!-- begin (\w+) -->[\s\S]*?<!-- end \1 -->/g,
  (_, name) => `<!-- begin ${name} -->\n${tables[name]}\n<!-- end ${name} -->`
);
if (!process.argv.includes('--check')) writeFileSync(page, after);
else if (after !== before) {
  console.error('docs/configuration.md is not what the code reads: run node scripts/docs.mjs');
  process.exit(1);
}
