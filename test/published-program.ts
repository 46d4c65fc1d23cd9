import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCatalog } from '../src/catalog/compile.ts';
import { loadCatalog } from '../src/catalog/load.ts';

/** Compiles the catalog once for the command lines that tests start: each would otherwise read a thousand YAML files. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'regild-catalog-'));
  const file = join(folder, 'catalog.json');
  await writeFile(file, compileCatalog(await loadCatalog()));
  process.env.REGILD_CATALOG = file;
  return () => rm(folder, { recursive: true, force: true });
}
