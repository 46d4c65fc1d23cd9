import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { compileCatalog } from '../catalog/compile.ts';
import { loadCatalog } from '../catalog/load.ts';
import { noticesOf } from './notices.ts';
import { writeTypes } from './types.ts';
import { unusedSchemas } from './unused-schemas.ts';

const ROOT = join(import.meta.dirname, '../..');

/** How sources become what is published. */
export const BUNDLED = {
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
} as const satisfies BuildOptions;

/**
 * Makes what is published of the sources, in an emptied folder: `main.js` (checks Node's version), `cli.js` and `library.js` with everything in them, split
 * where verbs are loaded lazily, the notices of the packages whose code that is, and the compiled catalog, since parsing a thousand YAML facts at every start
 * costs more than the work.
 */
export async function bundle(dist: string): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(ROOT, 'src/cli.ts'), join(ROOT, 'src/library.ts')],
    metafile: true,
    absWorkingDir: ROOT,
    outdir: dist,
    plugins: [unusedSchemas],
    ...BUNDLED,
  });
  const inputs = Object.keys(metafile.inputs).map((input) => join(ROOT, input));
  await writeFile(join(dist, 'NOTICES.txt'), await noticesOf(inputs));
  await writeFile(join(dist, 'catalog.json'), compileCatalog(await loadCatalog({ compiled: join(dist, 'none.json') })));
  const launcher = await readFile(join(ROOT, 'src/main.js'), 'utf8');
  await writeFile(join(dist, 'main.js'), launcher.replace('./cli.ts', './cli.js'), { mode: 0o755 });
}

if (import.meta.main) {
  await bundle(join(ROOT, 'dist'));
  await writeTypes(ROOT, join(ROOT, 'dist/types'));
}
