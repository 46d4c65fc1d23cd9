import type { Ami, BuildPlan, ImageSpec, Issue, Tags } from '../model/index.ts';
import { formatUrn, isReservedTag, ORIGIN_TAGS, TAG_PREFIX } from '../model/index.ts';

const FORBIDDEN_IN_NAMES = /[<>%&\\?/]/g;

/** Azure allows 512 characters in a tag name without <>%&\?/ and 256 in a value (Azure Resource Manager limits). */
function azureTag(name: string, value: string): readonly [string, string] {
  return [name.replace(FORBIDDEN_IN_NAMES, '-').slice(0, 512), value.slice(0, 256)];
}

/** The user's tags, the AMI tags that were asked for, and where the image came from; names that differ in case only are one, and the user's value stands. */
export function versionTags(spec: ImageSpec, ami: Ami, plan: Pick<BuildPlan, 'base'>): Tags {
  return withoutTwins([
    ...wanted(spec, ami)
      .filter((tag) => !mustStay(tag))
      .map(([name, value]) => azureTag(name, value)),
    ...Object.entries(spec.tags).map(([name, value]) => azureTag(name, value)),
    azureTag(ORIGIN_TAGS.image, spec.name),
    azureTag(ORIGIN_TAGS.ami, ami.id),
    azureTag(ORIGIN_TAGS.amiRegion, ami.region),
    azureTag(ORIGIN_TAGS.base, formatUrn(plan.base.urn)),
  ]);
}

/** AMI tags that were asked for and stay behind: those that regild goes by itself, and those whose names Azure keeps for itself. */
export function tagIssues(spec: ImageSpec, ami: Ami): readonly Issue[] {
  const left = wanted(spec, ami)
    .filter(mustStay)
    .map(([name]) => name);
  if (left.length === 0) return [];
  const message = `AMI tags that are not carried over: ${left.map((name) => JSON.stringify(name)).join(', ')}`;
  const hint =
    'regild goes by its own tags, and Azure keeps names that begin with azure, microsoft or windows: give them another name under `tags`';
  return [{ severity: 'info', code: 'TAG_LEFT_OUT', message, hint, image: spec.name, place: spec.place }];
}

type Tag = readonly [name: string, value: string];

/** AWS's own `aws:` tags can be set by nobody, so that nobody misses them. */
function wanted({ carryTags }: ImageSpec, { tags }: Ami): readonly Tag[] {
  return Object.entries(tags).filter(([name]) => !name.startsWith('aws:') && (carryTags === 'all' || carryTags.includes(name)));
}

function mustStay([name, value]: Tag): boolean {
  const [sent] = azureTag(name, value);
  return sent.toLowerCase().startsWith(TAG_PREFIX) || isReservedTag(sent);
}

/** Azure compares tag names without regard to case: the last one stands, under its own spelling. */
function withoutTwins(tags: readonly Tag[]): Tags {
  return Object.fromEntries(new Map(tags.map((tag) => [tag[0].toLowerCase(), tag])).values());
}
