import { resolveTypescript } from './typescript-imports';

/** Jest's global set-up: the clusters of this run. An engine that is missing is said aloud. */
export default async function start(): Promise<void> {
  resolveTypescript();
  const { CLUSTERS_VARIABLE, startClusters } = await import('./clusters.js');
  const clusters = await startClusters();
  for (const { name, reason } of clusters.skipped) console.warn(`SKIPPED: every test on ${name} (${reason})`);
  process.env[CLUSTERS_VARIABLE] = JSON.stringify(clusters);
}
