import { resolveTypescript } from './typescript-imports';
import { type TestClusters } from './clusters.js';

/** Jest's global tear-down. */
export default async function stop(): Promise<void> {
  resolveTypescript();
  const { CLUSTERS_VARIABLE, stopClusters } = await import('./clusters.js');
  const told = process.env[CLUSTERS_VARIABLE];
  if (told) await stopClusters(JSON.parse(told) as TestClusters);
}
