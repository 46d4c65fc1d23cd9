import { z } from 'zod';
import { list } from '../../model/schema.ts';
import { words } from './linux-lines.ts';
import { PACKAGE_MANAGERS } from './package-managers.ts';
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
  linux: ({ names }, { packageManager }) => {
    const own = PACKAGE_MANAGERS[packageManager];
    return { lines: own ? [...own.refresh, `${own.install} ${words(...names)}`] : [] };
  },
  windows: impossible('use a `powershell` step'),
});
