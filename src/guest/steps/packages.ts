import * as z from 'zod';
import { list } from '../../model/schema.ts';
import { askPackageManager, PACKAGE_SCRIPT } from './package-script.ts';
import { defineStep, impossible } from './step.ts';

/** Packages, installed with the distribution's package manager. */
export const packages = defineStep({
  kind: 'packages',
  entry: z
    .array(z.string().min(1, 'name a package'))
    .min(1, 'name at least one package')
    .readonly()
    .describe("Packages to install with the distribution's package manager."),
  says: { names: list(z.string()) },
  read: (names) => ({ names }),
  keeps: { names: list(z.string()) },
  plan: ({ names }) => ({ title: `install ${names.join(', ')}`, keeps: { names } }),
  needs: () => [PACKAGE_SCRIPT],
  linux: ({ names }) => ({ lines: [askPackageManager('install', ...names)] }),
  windows: impossible('use a `powershell` step'),
});
