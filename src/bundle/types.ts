import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { execa } from 'execa';

/** What a declaration file names in `from '…'`, and in `import('…')` within a type. */
const NAMED = /(?:\bfrom |\bimport\()["'](\.[^"'\n]+)["']/g;

/** Writes the declarations of the library to a folder: those that the entry names, and those that they name. The types of zod are all that they need beside. */
export async function writeTypes(root: string, folder: string): Promise<void> {
  const made = await mkdtemp(join(tmpdir(), 'regild-types-'));
  try {
    await emit(root, made);
    const files = await reachable(join(made, 'src/library.d.ts'));
    await Promise.all(
      [...files].map(async ([file, text]) => {
        const target = join(folder, relative(join(made, 'src'), file));
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, text);
      }),
    );
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function emit(root: string, outDir: string): Promise<void> {
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', root, '--outDir', outDir];
  await execa(join(root, 'node_modules/.bin/tsc'), ['-p', root, ...options], { cwd: root });
}

/** A declaration and every one that it leads to, by path; imports are written with `.ts`, which TypeScript looks up as `.d.ts`. */
async function reachable(entry: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    const text = await readFile(file, 'utf8');
    files.set(file, text);
    const folder = dirname(file);
    open.push(...[...text.matchAll(NAMED)].map(([, named = '']) => resolve(folder, named.replace(/\.ts$/, '.d.ts'))));
  }
  return files;
}
