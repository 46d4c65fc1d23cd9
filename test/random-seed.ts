import { relative } from 'node:path';
import fc, { type RunDetails } from 'fast-check';
import { expect } from 'vitest';

/** What random tests start from: the same on every machine, another for every commit in CI, which prints it (`.ci/run`). */
const seed = Number(process.env.REGILD_TEST_SEED ?? 20_261_121);

fc.configureGlobal({
  seed,
  reporter(details: RunDetails<unknown>) {
    if (process.env.REGILD_TEST_ROUNDS === 'many') process.stdout.write(`${details.numRuns} inputs: ${place().join(' > ')}\n`);
    if (details.failed) throw new Error(`${again()}\n${fc.defaultReportMessage(details)}`, { cause: details.errorInstance });
  },
});

/** The command that fails in the same way. */
function again(): string {
  const [file, name = ''] = place();
  return `seen again by: REGILD_TEST_SEED=${seed} npx vitest run ${file} -t ${JSON.stringify(name.replaceAll(' > ', ' '))}`;
}

/** The file and the name of the test that runs. */
function place(): readonly string[] {
  const { testPath = '', currentTestName = '' } = expect.getState();
  return [relative(process.cwd(), testPath), currentTestName];
}
