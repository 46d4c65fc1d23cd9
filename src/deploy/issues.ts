import { formatUrn, type Issue, ORIGIN_TAGS } from '../model/index.ts';
import type { DeployFacts } from './facts.ts';

/** The version is where it is to be deployed. */
export function placeIssues({ version, location, spec }: DeployFacts): readonly Issue[] {
  const regions = version.targetRegions.map(({ name }) => name);
  if (regions.includes(location)) return [];
  return [
    {
      severity: 'error',
      code: 'DEPLOY_REGION',
      message: `version ${version.name} of ${spec.name} has no replica in ${location}; it is in ${regions.join(', ') || 'no region'}`,
      hint: `choose one of them with --location, or add ${location} to \`regions\` and run \`regild refresh ${spec.name}\``,
      image: spec.name,
    },
  ];
}

/** What nobody could find out. */
export function unplanned({ plan, ami, spec, planned }: DeployFacts): readonly Issue[] {
  if (plan !== undefined && ami !== undefined) return [];
  const missing = ami === undefined ? 'data disks, OS disk and licence type' : 'licence type and tested sizes';
  return [
    {
      severity: 'warning',
      code: 'DEPLOY_UNPLANNED',
      message: `${planned} cannot be planned today, so ${missing} are not known`,
      hint: `\`regild plan ${planned}\` says why; check these values before you deploy`,
      image: spec.name,
    },
  ];
}

/** Licence and sizes follow the base of today, which the version may not be made from. */
export function otherBase({ plan, version, spec, planned }: DeployFacts): readonly Issue[] {
  const made = version.tags[ORIGIN_TAGS.base];
  const today = plan && formatUrn(plan.base.urn);
  if (made === undefined || today === undefined || product(made) === product(today)) return [];
  return [
    {
      severity: 'warning',
      code: 'DEPLOY_BASE',
      message: `version ${version.name} was made from ${made}, and a build would take ${today} today: the licence type is that of the latter`,
      hint: `check the licence type, or build again: regild build ${planned}`,
      image: spec.name,
    },
  ];
}

function product(urn: string): string {
  return urn.toLowerCase().split(':').slice(0, 3).join(':');
}
