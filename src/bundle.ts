import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileCatalog } from './catalog/compile.ts';
import { loadCatalog } from './catalog/load.ts';

/**
 * Builds what is published: `dist/main.js` (checks Node's version), `dist/cli.js` with everything in it, split where verbs are loaded lazily,
 * and the compiled catalog, since parsing a thousand YAML facts at every start costs more than the work.
 */
const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
await build({
  entryPoints: [join(ROOT, 'src/cli.ts')],
  outdir: DIST,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.18',
  // A CommonJS package that is imported lazily would lose its named exports.
  mainFields: ['module', 'main'],
  // Beside each other, so that a module's own folder is `dist` whichever chunk it lands in.
  chunkNames: '[name]-[hash]',
  // CommonJS packages in the bundle call require for Node's own modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: 'warning',
});
await writeFile(join(DIST, 'catalog.json'), compileCatalog(await loadCatalog({ compiled: join(DIST, 'none.json') })));
const launcher = await readFile(join(ROOT, 'src/main.js'), 'utf8');
await writeFile(join(DIST, 'main.js'), launcher.replace('./cli.ts', './cli.js'), { mode: 0o755 });
