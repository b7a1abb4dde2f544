/* global window, Node -- the function runs in the page */
/**
 * How many values each collection of our plugins holds: maps, sets and arrays in what `capture` and `outbox` provide,
 * by their path. What Lab owns and what plugins are handed is not followed.
 */
export function collectionSizes({ page }) {
  return page.evaluate(() => {
    const HANDED = new Set(['options', 'parts', 'surroundings', 'around', 'application', 'database']);
    const sizes = {};
    const seen = new Set();
    const visit = (value, path, depth) => {
      if (typeof value !== 'object' || value === null || seen.has(value) || depth > 5) return;
      seen.add(value);
      if (value instanceof Map || value instanceof Set) sizes[path] = value.size;
      else if (Array.isArray(value)) sizes[path] = value.length;
      else if (!(value instanceof Promise) && !(value instanceof Node)) {
        for (const [key, inner] of Object.entries(value))
          if (!HANDED.has(key)) visit(inner, `${path}.${key}`, depth + 1);
      }
    };
    const plugins = window.jupyterapp.pluginRegistry?._plugins ?? window.jupyterapp._plugins;
    for (const name of ['capture', 'outbox']) visit(plugins?.get(`jupyterlab-celltrail:${name}`)?.service, name, 0);
    return sizes;
  });
}
