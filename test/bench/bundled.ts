import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { BUNDLED } from '../../src/bundle/index.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Files go on finding what lies beside their sources. */
const OWN_FOLDERS: Plugin = {
  name: 'own-folders',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/(?:src|test)\/.*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path))),
    })),
};

/** A program of this folder bundled as the published one is, into a folder; gives the path of what is to be started. */
export async function bundled(program: string, folder: string): Promise<string> {
  await build({
    ...BUNDLED,
    entryPoints: [join(import.meta.dirname, `${program}.ts`)],
    absWorkingDir: ROOT,
    outdir: folder,
    plugins: [OWN_FOLDERS],
  });
  return join(folder, `${program}.js`);
}
