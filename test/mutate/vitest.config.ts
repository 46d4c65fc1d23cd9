import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { unit } from '../../vitest.config.ts';
import type { PlacedMutant } from './mutants.ts';

/** One fault, from the environment: the unit tests run with it as if it stood in the source. */
const { file, start, end, replacement } = JSON.parse(process.env.REGILD_MUTANT ?? '{}') as PlacedMutant;
const root = resolve(import.meta.dirname, '../..');
const mutated = resolve(root, file);

export default defineConfig({
  root,
  test: { ...unit, maxWorkers: 1 },
  plugins: [
    {
      name: 'one mutant',
      enforce: 'pre',
      // The cache knows a file by its text, not by what is made of it here.
      configureVitest: ({ defineCacheKeyGenerator }) => defineCacheKeyGenerator(({ id }) => (id === mutated ? false : undefined)),
      transform: (text, id) => (id === mutated ? text.slice(0, start) + replacement + text.slice(end) : undefined),
    },
  ],
});
