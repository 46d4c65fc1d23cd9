import * as z from 'zod';
import { defineStep } from './step.ts';

/** A restart; the next step begins when the machine is back. */
export const restart = defineStep({
  kind: 'restart',
  entry: z.literal(true, 'leave the step out instead').describe('Restart and wait until the machine is back.'),
  says: {},
  read: () => ({}),
  keeps: {},
  plan: () => ({ title: 'restart', keeps: {} }),
  linux: { by: 'restart' },
  windows: { by: 'restart' },
});
