import { defineConfig } from 'vitest/config';

/** `unit` may reach no network, child process or real timer (test/no-effects.ts); `walk` speaks to the sandbox on loopback. */
const walk = ['test/sandbox/**/*.test.ts', 'test/adapters/**/*.test.ts', 'test/scenarios/**/*.test.ts', 'test/commands/**/*.test.ts'];
const slow = ['test/guest/**', 'test/peers/**', 'test/contract/**', 'test/bench/**'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...walk, ...slow], setupFiles: ['test/no-effects.ts'] } },
      { test: { name: 'walk', include: walk, testTimeout: 30_000 } },
    ],
  },
});
