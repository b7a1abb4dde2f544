/**
 * Starts the outbox's thread. The bundler finds the worker by this very expression.
 * @see https://rspack.rs/guide/features/web-workers
 */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { name: 'celltrail-outbox' });
}
