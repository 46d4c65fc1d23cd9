import type { BuildPlan, Definition } from '../model/index.ts';
import type { ExistingDefinition } from '../ports.ts';
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
      comparable(value),
      comparable(existing.features.find((feature) => feature.name === name)?.value ?? ASSUMED[name] ?? ''),
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

/** Azure returns `SCSI, NVMe` and `SCSI,NVMe` in either order. */
function comparable(value: string): string {
  return value
    .split(',')
    .map((part) => part.trim())
    .toSorted()
    .join(', ');
}

function planText({ purchasePlan }: Pick<Definition, 'purchasePlan'>): string {
  return purchasePlan ? `${purchasePlan.publisher}:${purchasePlan.product}:${purchasePlan.name}` : '';
}

/** An existing definition fits the plan, or every field that does not is named. */
export function definitionMatches(plan: BuildPlan, { definition, locations }: AzureState): readonly Answer[] {
  if (!locations) return [];
  const title = 'gallery definition';
  const name = `${plan.gallery}/${plan.definition.name}`;
  if (!definition) return [{ id: 'definition', title, status: 'pass', detail: `${name} will be created` }];
  const differences = definitionDifferences(plan.definition, definition);
  if (differences.length === 0) return [{ id: 'definition', title, status: 'pass', detail: `${name} exists and fits` }];
  return differences.map(({ field, wanted, existing }) => ({
    id: 'definition',
    title,
    status: 'fail',
    detail: `the definition ${name} has ${field} ${existing}, the plan needs ${wanted}, and Azure does not let it change`,
    hint: `set another \`target.definition\` for ${plan.image}, or delete the old definition with its versions`,
  }));
}
