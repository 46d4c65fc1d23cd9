import { defineConfig } from 'vitest/config';

// A day ahead of UTC for most of the day: a date that is taken in local time fails, wherever the tests run.
process.env.TZ = 'Pacific/Kiritimati';

/** `unit` may reach no network, child process or real timer (test/no-effects.ts); `walk` speaks to the sandbox on loopback. */
const walk = ['test/sandbox/**/*.test.ts', 'test/adapters/**/*.test.ts', 'test/scenarios/**/*.test.ts', 'test/commands/**/*.test.ts'];
const slow = ['test/azurite/**', 'test/contract/**', 'test/bench/**', 'test/inspect-disks/**', 'test/pages/**'];

/** `*.slow.test.ts` are what processes and weeks show; `test/survive/run.sh rounds` runs them. */
const unasked = process.env.REGILD_TEST_ROUNDS === 'many' ? [] : ['test/**/*.slow.test.ts'];

/** Importing the schemas and the catalog for every file again costs more than the tests: files share their modules, and no test changes one. */
const shared = { pool: 'threads', isolate: false, testTimeout: 180_000, hookTimeout: 180_000 } as const;

/** The unit tests, which the mutants of test/mutate are tried with too. */
export const unit = {
  name: 'unit',
  include: ['test/**/*.test.ts'],
  exclude: [...walk, ...slow],
  setupFiles: ['test/no-effects.ts', 'test/random-seed.ts'],
  ...shared,
};

export default defineConfig({
  test: {
    // The command-line tests wait for other processes most of the time.
    maxWorkers: 3,
    projects: [
      { test: unit },
      {
        test: {
          name: 'walk',
          include: walk,
          exclude: unasked,
          setupFiles: ['test/random-seed.ts'],
          globalSetup: ['test/published-program.ts'],
          ...shared,
        },
      },
    ],
  },
});
