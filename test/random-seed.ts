import { relative } from 'node:path';
import fc, { type RunDetails } from 'fast-check';
import { expect } from 'vitest';

/** What random tests start from: the same on every machine, another for every commit in CI, which prints it (`.ci/run`). */
const seed = Number(process.env.REGILD_TEST_SEED ?? 20_261_121);

fc.configureGlobal({
  seed,
  reporter(details: RunDetails<unknown>) {
    if (details.failed) throw new Error(`${again()}\n${fc.defaultReportMessage(details)}`, { cause: details.errorInstance });
  },
});

/** The command that fails in the same way. */
function again(): string {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return `seen again by: REGILD_TEST_SEED=${seed} npx vitest run ${relative(process.cwd(), testPath)} -t ${JSON.stringify(currentTestName.replaceAll(' > ', ' '))}`;
}
