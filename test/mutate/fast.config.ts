import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { unit } from '../../vitest.config.ts';
import { INSTRUMENTED } from './instrumented.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The unit tests over the instrumented rules. */
export default defineConfig({
  root: ROOT,
  plugins: [
    {
      name: 'instrumented',
      enforce: 'pre',
      load(id) {
        const file = join(INSTRUMENTED, 'files', relative(ROOT, id));
        return id.startsWith(ROOT) && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      },
    },
  ],
  test: {
    ...unit,
    setupFiles: [...unit.setupFiles, 'test/mutate/before-tests.ts'],
    runner: join(import.meta.dirname, 'runner.ts'),
    maxConcurrency: 1,
    testTimeout: 10_000,
    update: 'none',
  },
});
