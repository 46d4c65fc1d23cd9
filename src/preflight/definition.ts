import {
  type BuildPlan,
  comparableFeature,
  type Definition,
  type ExistingDefinition,
  featureOf,
  stagingDefinition,
} from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

/** One field of a definition that differs; every one of them is immutable once the definition exists. */
export interface Difference {
  readonly field: string;
  readonly wanted: string;
  readonly existing: string;
}

/** The immutable fields in which an existing definition differs from the planned one. Source: shared-image-galleries, "Updating resources". */
export function definitionDifferences(wanted: Definition, existing: ExistingDefinition): readonly Difference[] {
  const fields: readonly (readonly [string, string, string])[] = [
    ['osType', wanted.osType, existing.osType],
    ['osState', wanted.osState, existing.osState],
    ['hyperVGeneration', wanted.generation, existing.generation],
    ['architecture', wanted.architecture, existing.architecture],
    ...wanted.features.flatMap(({ name, value }): readonly (readonly [string, string, string])[] => {
      const stated = featureOf(existing, name) ?? ASSUMED[name];
      return stated === undefined ? [] : [[name, comparableFeature(value), comparableFeature(stated)]];
    }),
    ['purchasePlan', planText(wanted), planText(existing)],
  ];
  return fields
    .filter(([, a, b]) => a.toLowerCase() !== b.toLowerCase())
    .map(([field, a, b]) => ({ field, wanted: a || 'none', existing: b || 'none' }));
}

/** What Azure takes when a definition does not state a feature; of others it takes nothing. */
const ASSUMED: Readonly<Record<string, string>> = {
  SecurityType: 'Standard',
  DiskControllerTypes: 'SCSI',
};

function planText({ purchasePlan }: Pick<Definition, 'purchasePlan'>): string {
  return purchasePlan ? `${purchasePlan.publisher}:${purchasePlan.product}:${purchasePlan.name}` : '';
}

/** Existing definitions fit the plan, or every field that does not is named. */
export function definitionMatches(plan: BuildPlan, { definition, staging, locations }: AzureState): readonly Answer[] {
  if (!locations) return [];
  const wanted = judgeDefinition(plan, plan.definition, definition);
  return staging ? [...wanted, ...judgeDefinition(plan, stagingDefinition(plan.definition), staging.definition)] : wanted;
}

function judgeDefinition(plan: BuildPlan, wanted: Definition, existing: ExistingDefinition | undefined): readonly Answer[] {
  const title = 'gallery definition';
  const name = `${plan.gallery}/${wanted.name}`;
  if (!existing) return [{ id: 'definition', title, status: 'pass', detail: `${name} will be created` }];
  const differences = definitionDifferences(wanted, existing);
  if (differences.length === 0) return [{ id: 'definition', title, status: 'pass', detail: `${name} exists and fits` }];
  return differences.map((difference) => ({
    id: 'definition',
    title,
    status: 'fail',
    detail: `the definition ${name} has ${difference.field} ${difference.existing}, the plan needs ${difference.wanted}, and Azure does not let it change`,
    hint: hintFor(difference, wanted.name, plan),
  }));
}

/** The key of images.yaml whose wish an existing definition can keep. */
const KEYS: Readonly<Record<string, string>> = {
  hyperVGeneration: 'generation',
  SecurityType: 'security',
  DiskControllerTypes: 'controllers',
};

/** First the wish that fits what exists, then a definition beside it: versions that VMs are made from are never to be deleted for this. */
function hintFor({ field, existing }: Difference, name: string, { image }: BuildPlan): string {
  const key = KEYS[field];
  const value = key === 'controllers' ? `[${existing}]` : existing;
  const follow = key === undefined || existing === 'none' ? '' : `set \`${key}: ${value}\` for ${image} where the base can keep it, or `;
  return `${follow}set \`target.definition: ${name}-v2\`: a new definition with versions of its own, to which VMs and scale sets that name ${name} are pointed`;
}
