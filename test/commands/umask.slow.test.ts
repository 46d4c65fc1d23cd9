import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { PROGRAM, pointedAt, run, workshop } from './command-line.ts';

/** What others could change of what lies below a folder, by path. */
async function openToOthers(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(folder, path), mode: (await stat(path)).mode };
    }),
  );
  return places.filter(({ mode }) => (mode & 0o022) !== 0).map(({ path, mode }) => `${path} ${(mode & 0o777).toString(8)}`);
}

// A worker of the tests has no umask of its own: only a process shows it.
test('with umask 000 nothing that is written can be changed by others: run folder, lock file, cache, the memory of the sandbox', async () => {
  const sandbox = await startSandbox();
  try {
    await workshop(sandbox, async (folder) => {
      const call = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
        run('sh', ['-c', 'umask 000; exec "$@"', 'sh', process.execPath, PROGRAM, ...words], { folder, environment });
      const own = { REGILD_SANDBOX_STATE: join(folder, '.regild/sandbox.db'), REGILD_SANDBOX_SPEED: '5000' };
      const built = await call(['build', 'web-golden', '--sandbox', '--until', 'build'], own);
      expect(built.code, built.stderr).toBe(0);
      const locked = await call(['plan', 'web-golden', '--update-lock'], pointedAt(sandbox, join(folder, 'ca.pem')));
      expect(locked.code, locked.stderr).toBe(0);
      expect((await readdir(join(folder, '.regild'))).toSorted()).toEqual(expect.arrayContaining(['runs', 'sandbox.db']));
      expect((await stat(join(folder, 'images.lock.yaml'))).mode & 0o777).toBe(0o644);
      expect(await openToOthers(folder)).toEqual([]);
    });
  } finally {
    await sandbox.close();
  }
});
