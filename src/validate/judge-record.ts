import type { GuestRecord } from '../guest/answers.ts';
import type { BuildPlan, Issue, ValidationReport } from '../model/index.ts';

type Recorded = Pick<ValidationReport, 'components' | 'recorded' | 'issues'>;

/**
 * What the record in the image is worth as proof: that of another plan proves nothing. What a leftover means is not judged here but by the check that
 * looks for it again on the VM (azl-01, azw-01). Issues: RECORD_MISSING (warning), RECORD_CUT (info).
 */
export function judgeRecord({ image, digest, os }: BuildPlan, record: GuestRecord | undefined): Recorded {
  if (record === undefined) return unproven(image, 'the image holds no record of what became of the AWS components');
  if (record.plan !== digest) {
    return unproven(image, `the record in the image is of the plan ${record.plan.slice(0, 80)}, not of ${digest}`);
  }
  const { count: recorded, components } = record;
  return { components, recorded, issues: recorded > components.length ? [cut(image, os.family, record)] : [] };
}

function unproven(image: string, message: string): Recorded {
  const hint = 'the checks still looked for what must not be there; build again for the record';
  return { components: [], issues: [{ severity: 'warning', code: 'RECORD_MISSING', message, hint, image }] };
}

function cut(image: string, family: BuildPlan['os']['family'], { count, components }: GuestRecord): Issue {
  const file = family === 'windows' ? 'C:\\ProgramData\\regild\\translation.tsv' : '/var/lib/regild/translation.tsv';
  const message = `the test VM's answer had room for ${components.length} of the ${count} components in the record`;
  return { severity: 'info', code: 'RECORD_CUT', message, hint: `${file} in the image holds all of them`, image };
}
