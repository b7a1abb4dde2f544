/** A drive of Lab's before a path (`RTC:report.ipynb`, jupyter-collaboration): Lab's addresses have no drive there. */
const DRIVE = /^[A-Za-z][\w-]*:/;

/**
 * Where JupyterLab opens a file: `<lab>/tree/<path>`.
 * @param labUrl as the installation says it, with or without a slash at the end
 */
export function notebookAddress(labUrl: string, path: string): string {
  const parts = path.replace(DRIVE, '').split('/').filter(Boolean).map(encodeURIComponent);
  const lab = new URL(labUrl);
  lab.pathname = `${lab.pathname.replace(/\/+$/, '')}/tree/${parts.join('/')}`;
  return lab.href;
}
