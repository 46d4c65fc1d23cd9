import type { Ami, BuildPlan, ImageSpec, Tags } from '../model/index.ts';
import { formatUrn, ORIGIN_TAGS } from '../model/index.ts';

const FORBIDDEN_IN_NAMES = /[<>%&\\?/]/g;

/** Azure allows 512 characters in a tag name without <>%&\?/ and 256 in a value (Azure Resource Manager limits). */
function azureTag(name: string, value: string): readonly [string, string] {
  return [name.replace(FORBIDDEN_IN_NAMES, '-').slice(0, 512), value.slice(0, 256)];
}

/** The user's tags, the AMI tags that were asked for, and where the image came from. AWS's own `aws:` tags stay behind. */
export function versionTags(spec: ImageSpec, ami: Ami, plan: Pick<BuildPlan, 'base'>): Tags {
  const carried = Object.entries(ami.tags).filter(
    ([name]) => !name.startsWith('aws:') && (spec.carryTags === 'all' || spec.carryTags.includes(name)),
  );
  return Object.fromEntries([
    ...carried.map(([name, value]) => azureTag(name, value)),
    ...Object.entries(spec.tags).map(([name, value]) => azureTag(name, value)),
    azureTag(ORIGIN_TAGS.image, spec.name),
    azureTag(ORIGIN_TAGS.ami, ami.id),
    azureTag(ORIGIN_TAGS.amiRegion, ami.region),
    azureTag(ORIGIN_TAGS.base, formatUrn(plan.base.urn)),
  ]);
}
