import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const room = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The portal is served by our own server under /portal/, from the folder that its build takes along. */
export default defineConfig({
  base: '/portal/',
  plugins: [react()],
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
