import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kernels built on ipykernel's base class: hooked.py starts the Python module with the hook inside. */
const HOOKED = { bash: 'bash_kernel', scheme: 'calysto_scheme' };

/**
 * Kernels that can't be hooked: what starts each, as its own kernelspec says; tapped.py stands before it. No name may
 * be that of a kernelspec in the environment (`xpython`), which would come first.
 */
const TAPPED: Record<string, (bin: string) => string[]> = {
  xeus: bin => [join(bin, 'python'), '-m', 'xpython_launcher', '-f', '{connection_file}'],
  deno: bin => [join(bin, 'deno'), 'jupyter', '--kernel', '--conn', '{connection_file}']
};

/**
 * Writes the kernelspecs of the other languages, each with its yardstick.
 * @param data Jupyter's data folder
 * @param venv the Python environment that the kernels are installed in
 */
export function writeKernelspecs(data: string, venv: string): void {
  const bin = join(venv, 'bin');
  const beside = (script: string) => [join(bin, 'python'), join(import.meta.dirname, script)];
  for (const [name, module] of Object.entries(HOOKED)) {
    write(data, name, [...beside('hooked.py'), module, '-f', '{connection_file}']);
  }
  for (const [name, argv] of Object.entries(TAPPED)) {
    write(data, name, [...beside('tapped.py'), '{connection_file}', ...argv(bin)]);
  }
}

function write(data: string, name: string, argv: readonly string[]): void {
  const folder = join(data, 'kernels', name);
  mkdirSync(folder, { recursive: true });
  // Deno asks for a newer version of itself otherwise, and keeps its cache in the home folder.
  const env = { DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(data, 'deno') };
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: name, language: name, env }));
}
