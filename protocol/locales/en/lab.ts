/** Words of the JupyterLab extension. */
export const lab = {} as const;
