import { type CheckStatus, ComponentOutcome } from '../model/index.ts';

/** What a guest says about one check. */
export interface CheckLine {
  readonly id: string;
  readonly status: CheckStatus;
  readonly detail: string;
}

/**
 * The check results in what a guest printed: lines `regild-check<TAB>id<TAB>pass|fail|skip|error<TAB>detail`; anything else is ignored.
 * Run Command keeps only 4,096 bytes, so a check can be missing: compare with the ids that were asked for.
 */
export function parseCheckOutput(stdout: string): readonly CheckLine[] {
  return checkLines('regild-check', stdout);
}

/** The results in lines that start with a word. */
function checkLines(word: 'regild-check' | 'regild-built', stdout: string): readonly CheckLine[] {
  return stdout.split(/\r?\n/).flatMap((line) => {
    if (!line.startsWith(`${word}\t`)) return [];
    const found = /^[a-z-]+\t(?<id>[a-z0-9-]+)\t(?<status>pass|fail|skip|error)\t(?<detail>[^\t]*)$/.exec(line)?.groups;
    return found ? [{ id: found.id ?? '', status: statusOf(found.status), detail: (found.detail ?? '').trim() }] : [];
  });
}

function statusOf(text: string | undefined): CheckStatus {
  switch (text) {
    case 'pass':
    case 'fail':
    case 'skip':
      return text;
    default:
      return 'error';
  }
}

/** The record in the image as a guest prints it (`regild_print_record` of `scripts/linux/record.sh`). */
export interface GuestRecord {
  /** Digest of the plan that the image was built by. */
  readonly plan: string;
  /** How many components the record holds; more than `components` where Run Command's 4,096 bytes did not suffice. */
  readonly count: number;
  readonly components: readonly ComponentOutcome[];
  /** What the user's own checks before generalize said, and what others found that did not stop the build. */
  readonly built: readonly CheckLine[];
  /** How many checks the record holds, more than `built` where there was no room; absent in a record that does not count them. */
  readonly builtCount?: number;
}

/**
 * The record in what a guest printed: one line `regild-record<TAB>digest<TAB>components<TAB>checks`, then `regild-component<TAB>id<TAB>outcome` for each
 * component and `regild-built<TAB>id<TAB>pass|fail|skip|error<TAB>detail` for each check of the build; anything else is ignored. Undefined when the guest has no record.
 */
export function parseComponents(stdout: string): GuestRecord | undefined {
  const lines = stdout.split(/\r?\n/).map((line) => line.split('\t'));
  const [, plan, count, checks] = lines.find(([kind, , number]) => kind === 'regild-record' && /^\d+$/.test(number ?? '')) ?? [];
  if (plan === undefined) return undefined;
  const components = lines.flatMap(([kind, id, outcome]) => {
    const parsed = kind === 'regild-component' ? ComponentOutcome.safeParse({ id, outcome }) : undefined;
    return parsed?.success ? [parsed.data] : [];
  });
  const built = checkLines('regild-built', stdout);
  return { plan, count: Number(count), components, built, ...(/^\d+$/.test(checks ?? '') && { builtCount: Number(checks) }) };
}
