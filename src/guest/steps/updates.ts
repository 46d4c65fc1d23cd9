import * as z from 'zod';
import { askPackageManager, PACKAGE_SCRIPT } from './package-script.ts';
import { defineStep } from './step.ts';

/** All updates of the operating system. */
export const updates = defineStep({
  kind: 'updates',
  entry: z.literal(true, 'leave the step out instead').describe('Install all updates of the operating system.'),
  says: {},
  read: () => ({}),
  keeps: {},
  plan: () => ({ title: 'install all updates', keeps: {} }),
  needs: () => [PACKAGE_SCRIPT],
  linux: () => ({ lines: [askPackageManager('update')] }),
  windows: { by: 'windows-updates', needs: ['updates'] },
});
