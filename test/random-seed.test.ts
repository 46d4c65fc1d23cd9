import fc from 'fast-check';
import { expect, test } from 'vitest';

test('a random test that fails says how the same failure is seen again', async () => {
  const failing = (value: number) => {
    if (value > 3) throw new Error('too much');
  };
  const seed = process.env.REGILD_TEST_SEED ?? '20261121';
  const title = '"a random test that fails says how the same failure is seen again"';
  const told = new RegExp(
    `^seen again by: REGILD_TEST_SEED=${seed} npx vitest run test/random-seed\\.test\\.ts -t ${title}\\n` +
      `Property failed after \\d+ tests\\n\\{ seed: ${seed}, path: "[\\d:]+", endOnFailure: true \\}\\nCounterexample: \\[4\\]\\n`,
  );
  expect(() => fc.assert(fc.property(fc.nat(), failing))).toThrow(told);
  await expect(fc.assert(fc.asyncProperty(fc.nat(), async (value) => failing(value)))).rejects.toThrow(told);
});
