import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The extension of jupyter-server-nbmodel in the page. */
export const NBMODEL = '@datalayer/jupyter-server-nbmodel';

/**
 * Where `npm test` put the extensions from PyPI that people have beside ours, apart from any environment: only a Lab
 * that is told has them.
 * @param name of the folder
 * @returns what Lab's environment has to say
 */
export function beside(name = 'neighbours'): Record<string, string> {
  const folder = join(import.meta.dirname, '../../.celltrail', name);
  if (!existsSync(folder)) throw new Error(`${folder} is missing: \`node scripts/test.mjs ui\` makes it`);
  return {
    PYTHONPATH: folder,
    JUPYTER_PATH: join(folder, 'share', 'jupyter'),
    JUPYTER_CONFIG_PATH: join(folder, 'etc', 'jupyter')
  };
}

/**
 * Puts extensions of `extensions/` into a Lab that is not yet started.
 * @param folder the suite's own, as `startLab` lays it out
 * @param disabled names of extensions that it has and must not load
 */
export function install(folder: string, names: readonly string[], disabled: readonly string[]): void {
  for (const name of names) {
    cpSync(join(import.meta.dirname, 'extensions', name), join(folder, 'data', 'labextensions', name), {
      recursive: true
    });
  }
  const config = join(folder, 'config', 'labconfig');
  mkdirSync(config, { recursive: true });
  const page = { disabledExtensions: Object.fromEntries(disabled.map(name => [name, true])) };
  writeFileSync(join(config, 'page_config.json'), JSON.stringify(page));
}
