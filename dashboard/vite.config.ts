import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const BASE = '/portal/';
const room = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * How the page starts. Nothing is painted before the script has set colour scheme, language and direction: no flash
 * of the other ones. (Vite takes the attribute from the page's own script element.) The letters that every screen
 * needs, in both languages, come beside the script and not after it.
 */
const start: Plugin = {
  name: 'celltrail:start',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => ({
      html: html.replace('<script type="module" ', '<script type="module" blocking="render" '),
      tags: Object.keys(bundle)
        .filter(name => /vazirmatn-(arabic|latin)-wght-normal-.*\.woff2$/.test(name))
        .map(name => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `${BASE}${name}` },
          injectTo: 'head' as const
        }))
    })
  }
};

/** The portal is served by our own server under /portal/, from the folder that its build takes along. */
export default defineConfig({
  base: BASE,
  plugins: [react(), start],
  resolve: {
    // The contract's source, not its build: one less thing that can be stale.
    alias: [
      { find: /^@celltrail\/protocol$/, replacement: room('../protocol/index.ts') },
      { find: /^@celltrail\/protocol\/client$/, replacement: room('../protocol/client.ts') },
      { find: /^@celltrail\/protocol\/locales$/, replacement: room('../protocol/locales/index.ts') }
    ]
  },
  build: {
    outDir: '../server/public',
    emptyOutDir: true,
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    target: 'es2022'
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8001' } }
});
