import fc from 'fast-check';

/** What random tests start from: the same on every machine, another for every commit in CI, which prints it (`.ci/run`). */
fc.configureGlobal({ seed: Number(process.env.REGILD_TEST_SEED ?? 20_261_121) });
