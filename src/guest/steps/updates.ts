import { z } from 'zod';
import { PACKAGE_MANAGERS } from './package-managers.ts';
import { defineStep } from './step.ts';

/** All updates of the operating system. */
export const updates = defineStep({
  kind: 'updates',
  entry: z.literal(true, 'leave the step out instead').describe('Install all updates of the operating system.'),
  says: {},
  read: () => ({}),
  keeps: {},
  plan: () => ({ title: 'install all updates', keeps: {} }),
  linux: (_, { packageManager }) => {
    const own = PACKAGE_MANAGERS[packageManager];
    return { lines: own ? [...own.refresh, own.update] : [] };
  },
  windows: { by: 'windows-updates' },
});
