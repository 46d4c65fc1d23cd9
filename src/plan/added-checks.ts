import type { Check } from '../catalog/schema.ts';
import { addedCheckFile, isTooLong, SHELL_OF } from '../guest/added-check.ts';
import type { GuestFile } from '../guest/folder.ts';
import type { AddedCheck, Issue, PlannedCheck } from '../model/index.ts';

/** The user's own checks in a plan: what is asked, the files that ask it, and what stands in the way. */
export interface AddedChecks {
  readonly checks: readonly PlannedCheck[];
  readonly files: readonly GuestFile[];
  /** CHECK_ID_TAKEN, CHECK_WRONG_SYSTEM, CHECK_TOO_LONG, FILE_NOT_FOUND (errors). */
  readonly issues: readonly Issue[];
}

/** `checks.add` of an image. `texts` are the script files beside the manifest, by path; one that is absent could not be read. */
export function planAddedChecks(
  added: readonly AddedCheck[],
  system: 'linux' | 'windows',
  texts: ReadonlyMap<string, string>,
  catalog: readonly Check[],
): AddedChecks {
  const taken = new Set(catalog.map(({ id }) => id));
  const sorted = added.map((check, index) => {
    const again = added.findIndex(({ id }) => id === check.id) < index;
    return { check, script: scriptOf(check, texts), problem: problemOf(check, system, again || taken.has(check.id), texts) };
  });
  const sound = sorted.filter(({ problem }) => problem === undefined);
  return {
    checks: sound.map(({ check: { id, title, severity, when } }) => ({ id, title, severity, stages: when, added: true })),
    files: sound.map(({ check, script }) => addedCheckFile(system, check, script ?? '')),
    issues: sorted.flatMap(({ problem }) => problem ?? []),
  };
}

function scriptOf({ lines, script }: AddedCheck, texts: ReadonlyMap<string, string>): string | undefined {
  return script === undefined ? lines?.join('\n') : texts.get(script);
}

function problemOf(check: AddedCheck, system: 'linux' | 'windows', taken: boolean, texts: ReadonlyMap<string, string>): Issue | undefined {
  const { id, shell, script } = check;
  if (taken) {
    const hint =
      'give your check a name of its own, for example with your team in front; docs/reference/checks.md lists those that are taken';
    return { severity: 'error', code: 'CHECK_ID_TAKEN', message: `checks.add names a check '${id}', which there is already`, hint };
  }
  if (shell !== SHELL_OF[system]) {
    const hint = `write it under \`${SHELL_OF[system]}:\``;
    return {
      severity: 'error',
      code: 'CHECK_WRONG_SYSTEM',
      message: `the check ${id} is written for ${shell}, which ${system} has not`,
      hint,
    };
  }
  if (script !== undefined && !texts.has(script)) {
    const message = `the script ${script} of the check ${id} does not exist`;
    return { severity: 'error', code: 'FILE_NOT_FOUND', message, hint: 'paths are relative to the manifest' };
  }
  if (!isTooLong(system, scriptOf(check, texts) ?? '')) return undefined;
  return {
    severity: 'error',
    code: 'CHECK_TOO_LONG',
    message: `the script of the check ${id} is longer than ${SHELL_OF[system]} can be handed on ${system}`,
    hint: 'bring the script into the image with a `file` step, and have the check call it',
  };
}
