import { join } from 'node:path';
import { rspack, type Configuration } from '@rspack/core';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Bundles the page with the outbox's own sources, its thread apart from it as in the extension, by the bundler that
 * makes the extension.
 * @param folder where it is put, as `main.js` and the thread's file
 */
export function bundlePage(folder: string): Promise<void> {
  const configuration: Configuration = {
    mode: 'production',
    context: ROOT,
    entry: { main: './ui-tests/chaos/page/main.ts' },
    output: { path: folder, filename: '[name].js', chunkFilename: '[name].js', publicPath: '/' },
    devtool: false,
    optimization: { minimize: false },
    resolve: {
      extensionAlias: { '.js': ['.ts', '.js'] },
      alias: { '@celltrail/protocol': join(ROOT, 'protocol/index.ts') }
    },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: 'builtin:swc-loader',
          options: { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
          type: 'javascript/auto'
        }
      ]
    }
  };
  return new Promise((resolve, reject) => {
    rspack(configuration, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    });
  });
}
