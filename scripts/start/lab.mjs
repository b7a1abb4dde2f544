import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LAB_VENV } from '../places.mjs';
import { pythonEnv, venvBin, venvPython } from '../venv.mjs';

/** What a person who installs the extension has beside it. */
export const LAB_REQUIREMENTS = ['jupyterlab>=4.6,<5', 'ipykernel', 'pandas'];

/**
 * Everything of this Lab lies in the data folder, so that a person's own Jupyter neither sees nor changes it.
 * @param {string} data
 */
export function labFolders(data) {
  const home = join(data, 'jupyter');
  return {
    notebooks: join(data, 'notebooks'),
    config: join(home, 'config'),
    data: join(home, 'data'),
    runtime: join(home, 'runtime'),
    ipython: join(home, 'ipython'),
    tokenFile: join(home, 'token')
  };
}

/**
 * The settings of this Lab.
 *
 * How its user signs in: by being who they are. A token in the address of the launch button would end up in
 * histories, logs and the portal's page, and a Lab without one would run code for every user of this machine. So the
 * server asks the kernel whose socket is on the other end (own_loopback.py), and lets its owner in. Where the kernel
 * does not tell (no Linux), Jupyter's login page asks for the token, which stays in a file of the owner's.
 * @param {{ port: number, user: string, notebooks: string }} lab
 */
export function labConfig({ port, user, notebooks }) {
  return {
    ServerApp: {
      ip: 'localhost',
      port,
      port_retries: 0,
      open_browser: false,
      root_dir: notebooks,
      allow_root: true,
      identity_provider_class: 'jupyterlab_celltrail.own_loopback.OwnLoopbackIdentity'
    },
    OwnLoopbackIdentity: { username: user, allow_password_change: false },
    LabApp: { news_url: null, check_for_updates_class: 'jupyterlab.NeverCheckForUpdate' }
  };
}

/** Defaults of Lab's own settings: it neither asks the network for news nor asks whether it may. */
export const LAB_OVERRIDES = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false }
};

/**
 * The environment of this Lab and its kernels. Of our own settings only those that its page needs: a notebook must
 * not find the database's password in `os.environ`.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ endpoint: string, user: string, language?: string, folders: ReturnType<typeof labFolders> }} lab
 */
export function labEnv(env, { endpoint, user, language, folders }) {
  const kept = Object.entries(pythonEnv(env)).filter(([name]) => !/^(AUDIT_|JUPYTER|JPY_|PG[A-Z]|npm_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [venvBin(LAB_VENV), env.PATH].filter(Boolean).join(process.platform === 'win32' ? ';' : ':'),
    JUPYTER_CONFIG_DIR: folders.config,
    JUPYTER_DATA_DIR: folders.data,
    JUPYTER_RUNTIME_DIR: folders.runtime,
    JUPYTER_TOKEN_FILE: folders.tokenFile,
    IPYTHONDIR: folders.ipython,
    AUDIT_ENDPOINT: endpoint,
    AUDIT_USER: user,
    ...(language ? { AUDIT_LANGUAGE: language } : {})
  };
}

/**
 * Starts JupyterLab. It is up when it answers at `/api`.
 * @param {import('./children.mjs').Children} children
 * @param {{ env: NodeJS.ProcessEnv, data: string, port: number, user: string, endpoint: string, logFile: string }} lab
 */
export async function startLab(children, { env, data, port, user, endpoint, logFile }) {
  const folders = labFolders(data);
  await mkdir(folders.notebooks, { recursive: true });
  await writeConfig(folders, labConfig({ port, user, notebooks: folders.notebooks }));
  return children.start({
    name: 'JupyterLab',
    command: venvPython(LAB_VENV),
    args: ['-m', 'jupyterlab'],
    cwd: folders.notebooks,
    env: labEnv(env, { endpoint, user, language: env.AUDIT_LANGUAGE, folders }),
    logFile
  });
}

async function writeConfig(folders, config) {
  const overrides = join(folders.config, 'labconfig');
  for (const folder of [overrides, folders.runtime]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await ensureToken(folders.tokenFile);
  await writeFile(join(folders.config, 'jupyter_server_config.json'), JSON.stringify(config, null, 2));
  await writeFile(join(overrides, 'default_setting_overrides.json'), JSON.stringify(LAB_OVERRIDES, null, 2));
}

/** A token that outlives this run, so that a browser that signed in once stays signed in. */
async function ensureToken(file) {
  const there = await readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (!there) await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  await chmod(file, 0o600);
}
