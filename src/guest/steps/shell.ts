import { guestPath } from '../folder.ts';
import { script, words } from './linux-lines.ts';
import { planScript, scriptStep } from './script-step.ts';
import { needsSecrets, SECRET_SCRIPT, secretArguments, secretList } from './secrets.ts';
import { defineStep, impossible } from './step.ts';

/** Shell lines or a script file, run by root on Linux. */
export const shell = defineStep({
  kind: 'shell',
  ...scriptStep,
  entry: scriptStep.entry('Shell'),
  plan: (step, found, spot) => planScript('shell', step, found, spot, (path) => [`chmod 0700 '${path}'`, `'${path}'`]),
  only: 'linux',
  needs: needsSecrets,
  linux: ({ lines: own, secrets }, { file, identity }) => {
    const run = script(file, own);
    if (!secrets) return run;
    const access = { secrets, identity };
    const list = secretList(file, access);
    const prefix = words('sh', guestPath('linux', `${SECRET_SCRIPT}.sh`), ...secretArguments(guestPath('linux', list.path), access));
    return { files: [...(run.files ?? []), list], lines: run.lines.map((line) => `${prefix} ${line}`) };
  },
  windows: impossible('use a `powershell` step'),
});
