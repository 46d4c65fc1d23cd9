import { defineInit } from './ci/init.ts';
import { defineMatrix } from './ci/matrix.ts';
import type { Verb } from './command.ts';

/** What a CI system needs of regild: the images as jobs, and the workflow around them. */
export const ciVerb: Verb = (program, run) => {
  defineMatrix(program.command('matrix').description('print the images for a job matrix; without --due no cloud is asked'), run);
  defineInit(program.command('init').description('write the workflow that builds, refreshes and sweeps them'), run);
};
