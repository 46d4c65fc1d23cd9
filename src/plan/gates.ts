import type { Catalog, Check } from '../catalog/schema.ts';
import type { GuestFile } from '../guest/folder.ts';
import { answerTable, checkTable, leakAnswers } from '../guest/tables.ts';
import type { ImageSpec, Issue, PlannedCheck } from '../model/index.ts';

/** What stands between a build and its publication, as the user's answers leave it. */
export interface Gates {
  /** By id. */
  readonly checks: readonly Check[];
  readonly files: readonly GuestFile[];
  /** CHECK_UNKNOWN (error), CHECK_SKIPPED (warning), LEAK_ALLOWED and FINDING_ANSWERED (info). */
  readonly issues: readonly Issue[];
}

/** The checks of a system without the ones that `checks.skip` takes out, and the paths where `checks.allowLeaks` lets findings pass; `added` are asked too. */
export function planGates(
  { checks: answers }: ImageSpec,
  os: 'linux' | 'windows',
  distro: string,
  catalog: Catalog,
  added: readonly PlannedCheck[] = [],
): Gates {
  const own = catalog.checks
    .filter((check) => check.os === os && (check.distros?.includes(distro) ?? true))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const checks = own.filter(({ id }) => !answers.skip.includes(id));
  const given = [...leakAnswers(answers.allowLeaks), ...answers.answers];
  return {
    checks,
    files: [checkTable([...checks, ...added]), ...(given.length === 0 ? [] : [answerTable(given)])],
    issues: [
      ...unknown('skip', answers.skip, catalog.checks),
      ...unknown('answers', answers.answers.map(({ id }) => id).filter(isCheck), [...catalog.checks, ...added]),
      ...own.filter(({ id }) => answers.skip.includes(id)).flatMap(skipped),
      ...answers.allowLeaks.map(allowed),
      ...answers.answers.map(answered),
    ],
  };
}

/** The rules of the leak scan have names of their own: SL-17, SW-06. */
function isCheck(id: string): boolean {
  return !/^S[LW]-/.test(id);
}

function unknown(key: 'skip' | 'answers', named: readonly string[], checks: readonly Pick<Check, 'id'>[]): readonly Issue[] {
  const ids = checks.map(({ id }) => id);
  return named
    .filter((id) => !ids.includes(id))
    .map((id) => ({
      severity: 'error',
      code: 'CHECK_UNKNOWN',
      message: `checks.${key} names '${id}', which is not a check`,
      hint: 'docs/reference/checks.md lists them',
    }));
}

function skipped({ id, title, severity }: Check): readonly Issue[] {
  if (severity !== 'block') return [];
  return [
    {
      severity: 'warning',
      code: 'CHECK_SKIPPED',
      message: `nobody looks whether ${title}: checks.skip leaves out ${id}, which would stop the build`,
    },
  ];
}

function allowed({ path, reason }: ImageSpec['checks']['allowLeaks'][number]): Issue {
  return { severity: 'info', code: 'LEAK_ALLOWED', message: `the leak scan lets ${path} pass: ${reason}` };
}

function answered({ id, item, reason }: ImageSpec['checks']['answers'][number]): Issue {
  return { severity: 'info', code: 'FINDING_ANSWERED', message: `${id} lets '${item}' pass: ${reason}` };
}
