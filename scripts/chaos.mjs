// `npm run chaos`: see docs/delivery.md. Wants the server built; `npm test` does it.
import { writeFileSync } from 'node:fs';
import { typescript } from '../bench/parts/typescript.mjs';
import { writeParts } from './marked.mjs';

const { main } = await typescript('../../ui-tests/chaos/main.ts');
const { code, write, count } = await main(process.argv.slice(2));
if (write) writeParts('docs/delivery.md', { [write.part]: write.text });
const { CHAOS_REPORT: report } = process.env;
if (report && count) writeFileSync(report, JSON.stringify(count));
process.exit(code);
