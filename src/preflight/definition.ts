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
    ...wanted.features.map(({ name, value }): readonly [string, string, string] => [
      name,
      comparableFeature(value),
      comparableFeature(featureOf(existing, name) ?? ASSUMED[name] ?? ''),
    ]),
    ['purchasePlan', planText(wanted), planText(existing)],
  ];
  return fields
    .filter(([, a, b]) => a.toLowerCase() !== b.toLowerCase())
    .map(([field, a, b]) => ({ field, wanted: a || 'none', existing: b || 'none' }));
}

/** What Azure takes when a definition does not state a feature. */
const ASSUMED: Readonly<Record<string, string>> = {
  SecurityType: 'Standard',
  DiskControllerTypes: 'SCSI',
  IsAcceleratedNetworkSupported: 'False',
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
    hint: `set another \`target.definition\` for ${plan.image}, or delete the old definition with its versions`,
  }));
}
