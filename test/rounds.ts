/**
 * How often a test repeats itself: as often as finds a plain mistake in `npm test`, and as often as finds a rare one in `test/survive/run.sh rounds`, which
 * sets REGILD_TEST_ROUNDS and runs again every test file that imports this.
 */
export function rounds(few: number, many: number): number {
  return process.env.REGILD_TEST_ROUNDS === 'many' ? many : few;
}
