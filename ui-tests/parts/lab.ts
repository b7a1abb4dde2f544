import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Running } from './process.js';

/** A JupyterLab with the extension, from the wheel, with folders of its own. */
export interface Lab {
  readonly url: string;
  /** where its notebooks lie */
  readonly root: string;
  readonly running: Running;
}

/** How Lab is set up for a test. */
export interface LabOptions {
  /** a folder of this test's own */
  folder: string;
  port: number;
  /** where the extension sends to */
  endpoint: string;
  user: string;
  env?: Record<string, string>;
}

/** The Python environment that `npm test` made, with JupyterLab and the wheel. */
export function labVenv(): string {
  const venv = process.env['CELLTRAIL_LAB_VENV'] ?? join(import.meta.dirname, '../../.celltrail/test-venv');
  if (!existsSync(venv)) throw new Error(`${venv} is missing: \`node scripts/test.mjs ui\` makes it`);
  return venv;
}

/** Starts JupyterLab and waits until it answers. The page has `window.jupyterapp`, so that tests can run Lab's commands. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const root = join(options.folder, 'notebooks');
  const config = join(options.folder, 'config');
  for (const folder of [root, config]) mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(config, 'jupyter_server_config.py'),
    [
      `c.ServerApp.root_dir = ${JSON.stringify(root)}`,
      `c.ServerApp.port = ${options.port}`,
      'c.ServerApp.port_retries = 0',
      'c.ServerApp.open_browser = False',
      'c.ServerApp.allow_root = True',
      "c.IdentityProvider.token = ''",
      'c.LabApp.expose_app_in_browser = True',
      'c.LabApp.news_url = None',
      "c.LabApp.check_for_updates_class = 'jupyterlab.NeverCheckForUpdate'",
      ''
    ].join('\n')
  );
  const running = run(join(labVenv(), 'bin', 'jupyter'), ['lab'], {
    cwd: root,
    env: {
      JUPYTER_CONFIG_DIR: config,
      JUPYTER_DATA_DIR: join(options.folder, 'data'),
      JUPYTER_RUNTIME_DIR: join(options.folder, 'runtime'),
      JUPYTERLAB_SETTINGS_DIR: join(options.folder, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(options.folder, 'workspaces'),
      IPYTHONDIR: join(options.folder, 'ipython'),
      AUDIT_ENDPOINT: options.endpoint,
      AUDIT_USER: options.user,
      ...options.env
    }
  });
  const url = `http://127.0.0.1:${options.port}`;
  await running.waitFor(/is running at/, 60_000);
  return { url, root, running };
}
