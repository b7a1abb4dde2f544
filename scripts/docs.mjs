// Writes the tables of docs/configuration.md and docs/api.md from where settings are read and routes are declared:
// `node scripts/docs.mjs`, and with `--check` only says whether the pages are current. Wants the server built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasParts, table, writeParts } from './marked.mjs';
import { ROOT } from './places.mjs';

const { SETTINGS } = await import('../server/lib/server/config.js');
const { openApi } = await import('../server/lib/server/http/openapi.js');
const { PROBLEMS } = await import('../protocol/lib/problems.js');
const schema = JSON.parse(readFileSync(join(ROOT, 'schema/plugin.json'), 'utf8'));

const code = text => (text === '' ? '' : `\`${text}\``);

const configuration = {
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

const api = {
  problems: table(
    ['`type` after `urn:celltrail:`', 'status', '`title`'],
    Object.entries(PROBLEMS).map(([kind, { status, title }]) => [`\`${kind}\``, status, title])
  ),
  routes: table(
    ['route', 'who', 'what it does'],
    Object.entries(openApi('').paths)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { summary, 'x-role': role }]) => [
          `\`${method.toUpperCase()} ${path}\``,
          role ?? '',
          summary
        ])
      )
  )
};

for (const [page, parts] of Object.entries({ 'docs/configuration.md': configuration, 'docs/api.md': api })) {
  if (!process.argv.includes('--check')) writeParts(page, parts);
  else if (!hasParts(page, parts)) {
    console.error(`${page} is not what the code says: run node scripts/docs.mjs`);
    process.exitCode = 1;
  }
}
