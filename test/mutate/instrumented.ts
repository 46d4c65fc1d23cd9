/** The folder that run.ts writes for runner.ts: in `files/` the rules with every fault in them, each behind a switch, and these lists of faults by id. */
export const INSTRUMENTED = process.env.REGILD_INSTRUMENTED ?? '';
/** Which faults are to be tried. */
export const CHOSEN = 'chosen.txt';
/** Those that a test noticed. */
export const KILLED = 'killed.txt';
/** Those that are reached while a module or the list of tests is made, where no single test can be run again. */
export const LOADED = 'loaded.txt';
/** Those that a test reached. */
export const REACHED = 'reached.txt';
/** Those that left something behind in the modules of a thread. */
export const SPOILT = 'spoilt.txt';
/** Milliseconds of processor time that a test may take to be run again for each fault. */
export const LONGEST = Number(process.env.REGILD_LONGEST ?? 'Infinity');
