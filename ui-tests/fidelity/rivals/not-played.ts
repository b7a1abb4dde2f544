/** Scenarios that say nothing about a recorder without Celltrail, and why. The page docs/fidelity.md lists them. */
export const NOT_PLAYED: ReadonlyMap<string, string> = new Map([
  ['recording turned off, runs, and on again', 'the switch that it turns is Celltrail’s'],
  [
    'a terminal, in two tabs, over a reload, and for a browser that comes late',
    'recorders of cells tell nothing of terminals'
  ]
]);
