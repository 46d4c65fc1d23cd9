import { guestPath } from '../folder.ts';
import { planScript, scriptStep } from './script-step.ts';
import { needsSecrets, SECRET_SCRIPT, secretArguments, secretList } from './secrets.ts';
import { defineStep, impossible } from './step.ts';
import { runScript, script } from './windows-lines.ts';

/** PowerShell lines or a script file, run by an administrator on Windows. */
export const powershell = defineStep({
  kind: 'powershell',
  ...scriptStep,
  entry: scriptStep.entry('PowerShell'),
  plan: (step, found, spot) =>
    planScript('powershell', step, found, spot, (path) => [`& '${path}'`, 'if ($LASTEXITCODE) { exit $LASTEXITCODE }']),
  only: 'windows',
  needs: needsSecrets,
  linux: impossible('use a `shell` step'),
  windows: ({ lines: own, secrets }, { file, identity }) => {
    const run = script(file, own);
    if (!secrets) return run;
    const access = { secrets, identity };
    const list = secretList(file, access);
    const words = [...secretArguments(guestPath('windows', list.path), access), guestPath('windows', `${file}.ps1`)];
    return { files: [...run.files, list], lines: runScript(`${SECRET_SCRIPT}.ps1`, words) };
  },
});
