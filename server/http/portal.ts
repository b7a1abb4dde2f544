import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { LANGUAGES, pickLanguage, translator } from '@celltrail/protocol/locales';

/**
 * The built portal: `index.html` for each of its screens, its other files as they are.
 * @param folder where the dashboard's build put it
 */
export function portal(folder: string): Router {
  const router = express.Router();
  router.get('/', (_request, response) => response.redirect('/portal'));
  router.use(
    '/portal',
    express.static(folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControl(path.slice(folder.length)))
    })
  );
  router.get(['/portal', '/portal/*screen'], screen(folder));
  return router;
}

/**
 * How long a browser may keep a file. The build puts a digest of the content into the names under `assets`, so such
 * a file never changes; any other name has to be asked for anew.
 * @param path relative to the build's folder, in the system's own separators
 */
export function cacheControl(path: string): string {
  return /^[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** A file that is not there is missing; only names without an ending are screens, and people's, which may have dots. */
export function isScreen(path: string): boolean {
  if (/^\/portal\/people\/[^/]+$/.test(path)) return true;
  return !/\.[^/]*$|^\/portal\/assets\//.test(path);
}

function screen(folder: string): RequestHandler {
  const index = join(folder, 'index.html');
  return (request, response, next) => {
    if (!isScreen(request.path)) return next();
    if (!existsSync(index)) return void response.status(503).type('html').send(notBuilt(request.acceptsLanguages()));
    response.sendFile(index, { cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
  };
}

function notBuilt(wishes: string[]): string {
  const language = pickLanguage(wishes);
  const t = translator(language);
  return `<!doctype html>
<html lang="${language}" dir="${LANGUAGES[language].direction}">
<meta charset="utf-8"><title>${t('product.name')}</title>
<body style="font-family: system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 1em">
<h1>${t('portal.not_built')}</h1>
<p>${t('fix.build_portal')}</p>
<pre dir="ltr"><code>npm run build</code></pre>
</html>
`;
}
