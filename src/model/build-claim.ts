import type { BuildPlan } from './build-plan.ts';
import { type DefinitionRef, versionRef } from './gallery-ref.ts';
import type { Leftover } from './leftover.ts';
import type { Tags } from './machine.ts';
import { resourceName } from './resource-name.ts';
import { RUN_TAG, runTags } from './tags.ts';

/** Where a claim lies: the resource in Azure that says which run builds a definition's next version. */
export interface ClaimRef {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** Of a scale set (Azure naming rules, Microsoft.Compute/virtualMachineScaleSets: 1-64). */
const LONGEST = 64;
const [FIRST, LAST] = ['regild', 'build'];

/** The claim on the definition that a plan delivers to: the same for all runs, whatever their engine and the number that they plan. */
export function claimRef(plan: BuildPlan): ClaimRef {
  const { subscription, resourceGroup, ...definition } = versionRef(plan);
  return { subscription, resourceGroup, name: claimName(definition) };
}

function claimName({ gallery, definition }: Pick<DefinitionRef, 'gallery' | 'definition'>): string {
  return resourceName([FIRST, gallery, definition, LAST], LONGEST);
}

/** Whether regild gives a claim such a name. */
export function isClaimName(name: string): boolean {
  return name.startsWith(`${FIRST}-`) && name.endsWith(`-${LAST}`);
}

/** Whether something is the claim on this definition. */
export function isClaimOn({ kind, id, name }: Leftover, { subscription, resourceGroup, ...definition }: DefinitionRef): boolean {
  const group = `/subscriptions/${subscription}/resourcegroups/${resourceGroup}/`.toLowerCase();
  return kind === 'build-claim' && id.toLowerCase().startsWith(group) && name === claimName(definition);
}

/** What a claim says: the plan's tags, and which run builds until when. */
export function claimTags(plan: BuildPlan, run: { readonly id: string; readonly deadline: Date }): Tags {
  return { ...plan.tags, ...runTags(run, plan) };
}

/** Whether a claim is a run's own. */
export function isClaimOf(tags: Tags, run: { readonly id: string }): boolean {
  return tags[RUN_TAG] === run.id;
}
