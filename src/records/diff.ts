import {
  DIGEST_TAG,
  DiffArea,
  type ExistingVersion,
  ORIGIN_TAGS,
  type PurchasePlan,
  type ReportedPlan,
  type ReportedValidation,
  TAG_PREFIX,
  type VersionDiff,
} from '../model/index.ts';
import type { VersionRecord } from './read.ts';

/** A version as the gallery has it, and what was kept of it. */
export interface Side {
  readonly version: ExistingVersion;
  readonly record: VersionRecord | undefined;
}

type Fact = readonly [area: DiffArea, item: string, value: string | undefined];
type Facts = readonly Fact[];

/** In what two versions differ. What only a record tells is compared where both have one: its absence is no difference. */
export function diffOf(before: Side, after: Side): VersionDiff['changes'] {
  const recorded = planOf(before) !== undefined && planOf(after) !== undefined;
  const ours = byItem(factsOf(before, recorded));
  const theirs = byItem(factsOf(after, recorded));
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  return keys
    .flatMap((key) => {
      const [area, item] = ours.get(key) ?? theirs.get(key) ?? [];
      const [one, other] = [ours.get(key)?.[2], theirs.get(key)?.[2]];
      if (area === undefined || item === undefined || one === other) return [];
      return [{ area, item, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) }];
    })
    .toSorted((one, other) => DiffArea.options.indexOf(one.area) - DiffArea.options.indexOf(other.area));
}

/** Several of one name, such as two steps with one title, are one item with all their values. What has no value is not there. */
function byItem(facts: Facts): ReadonlyMap<string, Fact> {
  const groups = Map.groupBy(
    facts.filter(([, , value]) => value !== undefined),
    ([area, item]) => `${area}/${item}`,
  );
  return new Map(
    [...groups].flatMap(([key, same]) => {
      const [first] = same;
      return first === undefined ? [] : [[key, [first[0], first[1], same.map(([, , value]) => value).join(', ')]] as const];
    }),
  );
}

function planOf({ record }: Side): ReportedPlan | undefined {
  return record?.report?.images[0]?.plan;
}

function factsOf(side: Side, recorded: boolean): Facts {
  const plan = planOf(side);
  const validation = side.record?.report?.images[0]?.validation;
  return [
    ...originFacts(side.version),
    ...(plan && recorded ? [...planFacts(plan, side), ...(validation ? checkFacts(validation) : [])] : []),
    ...placementFacts(side.version),
    ...tagFacts(side.version),
  ];
}

function originFacts({ tags }: ExistingVersion): Facts {
  return [
    ['origin', 'AMI', tags[ORIGIN_TAGS.ami]],
    ['origin', 'AMI region', tags[ORIGIN_TAGS.amiRegion]],
    ['origin', 'base', tags[ORIGIN_TAGS.base]],
    ['origin', 'recipe', tags[DIGEST_TAG]],
  ];
}

function planFacts(plan: ReportedPlan, { record }: Side): Facts {
  const { definition, provenance } = plan;
  const engine = record?.report?.images[0]?.build?.engineVersion;
  return [
    ['origin', 'AMI name', provenance.amiName],
    ['origin', 'purchase plan', planName(plan.base.plan)],
    ['machine', 'system', `${plan.os.distro} ${plan.os.version}`],
    ['machine', 'engine', engine === undefined ? plan.engine : `${plan.engine} ${engine}`],
    ['machine', 'regild', record?.report?.tool.version],
    ['machine', 'route', plan.route],
    ['machine', 'security', plan.security],
    ['machine', 'controllers', plan.controllers.join(', ')],
    ['machine', 'OS disk', `${plan.build.osDiskSizeGB} GiB`],
    ['machine', 'licence type', plan.deploymentLicenseType],
    ...definitionFacts(definition),
    ...plan.provisioners.flatMap((step): Facts => (step.kind === 'guest' ? [] : [['step', step.title, stepValue(step)]])),
    ...plan.components.map(({ id, action }) => ['component', id, action] as const),
    ...plan.guestScripts.map(({ path, sha256 }) => ['script', path, sha256] as const),
  ];
}

/** What of a step its title does not say. */
function stepValue(step: ReportedPlan['provisioners'][number]): string {
  return 'sha256' in step && typeof step.sha256 === 'string' ? step.sha256 : step.kind;
}

function definitionFacts({
  name,
  generation,
  architecture,
  osType,
  identifier,
  features,
  purchasePlan,
}: ReportedPlan['definition']): Facts {
  return [
    ['definition', 'name', name],
    ['definition', 'generation', generation],
    ['definition', 'architecture', architecture],
    ['definition', 'OS type', osType],
    ['definition', 'publisher', identifier.publisher],
    ['definition', 'offer', identifier.offer],
    ['definition', 'SKU', identifier.sku],
    ['definition', 'purchase plan', planName(purchasePlan)],
    ...features.map((feature) => ['definition', feature.name, feature.value] as const),
  ];
}

function planName(plan: PurchasePlan | undefined): string | undefined {
  return plan && `${plan.publisher}/${plan.product}/${plan.name}`;
}

function checkFacts({ vms }: ReportedValidation): Facts {
  return vms.flatMap(({ vmSize, checks }) => checks.map(({ id, status }) => ['check', `${id} on ${vmSize}`, status] as const));
}

function placementFacts({ targetRegions, excludedRegions, excludeFromLatest, endOfLife, safety, sizeGiB }: ExistingVersion): Facts {
  return [
    ...targetRegions.map(({ name, replicas, storage }) => ['placement', name, `${replicas} × ${storage}`] as const),
    ['placement', 'out of latest', excludeFromLatest ? 'everywhere' : excludedRegions.toSorted().join(', ') || undefined],
    ['placement', 'end of life', endOfLife],
    ['placement', 'disk', sizeGiB === undefined ? undefined : `${sizeGiB} GiB`],
    ['placement', 'deletion blocked before end of life', String(safety.blockDeletionBeforeEndOfLife)],
    ['placement', 'may leave regions', String(safety.allowDeletionOfReplicatedLocations)],
  ];
}

function tagFacts({ tags }: ExistingVersion): Facts {
  return Object.entries(tags)
    .filter(([name]) => !name.startsWith(TAG_PREFIX))
    .map(([name, value]) => ['tag', name, value] as const);
}
