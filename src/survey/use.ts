import { RegildError, toIssue } from '../errors.ts';
import type { Ami, AmiUse, Issue, TemplateUse } from '../model/index.ts';
import type { AccountInventory } from '../ports.ts';

/** What uses an AMI; undefined where nothing could be asked in its region. */
export type UseOf = (ami: Pick<Ami, 'id' | 'region'>) => AmiUse | undefined;

/** What was found out about use, and what the account may not ask. */
export interface FoundUse {
  readonly useOf: UseOf;
  readonly issues: readonly Issue[];
}

/** Nobody asked. */
export const nothingKnown: FoundUse = { useOf: () => undefined, issues: [] };

/** What uses the AMIs of each region, as far as the account may ask; where it may not, an issue says so and the rest goes on. */
export async function findUse(amisByRegion: ReadonlyMap<string, readonly Ami[]>, inventory: AccountInventory): Promise<FoundUse> {
  const regions = await Promise.all([...amisByRegion].map(([region, amis]) => findInRegion(region, amis, inventory)));
  const byRegion = new Map(regions.map(({ region, useOf }) => [region, useOf]));
  return { useOf: (ami) => byRegion.get(ami.region)?.(ami), issues: regions.flatMap(({ issues }) => issues) };
}

async function findInRegion(
  region: string,
  amis: readonly Ami[],
  inventory: AccountInventory,
): Promise<FoundUse & { readonly region: string }> {
  const instances = await ifAllowed(() =>
    inventory.instances(
      amis.map(({ id }) => id),
      region,
    ),
  );
  const templates = await ifAllowed(() => inventory.launchTemplates(region));
  const launched = instances.found && Map.groupBy(instances.found, ({ imageId }) => imageId);
  const named = templates.found && Map.groupBy(templates.found, ({ image }) => image);
  const useOf: UseOf = ({ id }) =>
    launched || named
      ? {
          instances: launched && (launched.get(id) ?? []).map(({ id: instance, type }) => ({ id: instance, type })),
          launchTemplates: named && [...new Set((named.get(id) ?? []).map(({ template }) => template))],
        }
      : undefined;
  return { region, useOf, issues: [...instances.issues, ...templates.issues, ...byParameter(region, templates.found ?? [])] };
}

async function ifAllowed<Found>(
  ask: () => Promise<readonly Found[]>,
): Promise<{ readonly found: readonly Found[] | undefined; readonly issues: readonly Issue[] }> {
  try {
    return { found: await ask(), issues: [] };
  } catch (error) {
    if (!(error instanceof RegildError && error.code === 'CLOUD_DENIED')) throw error;
    return { found: undefined, issues: [{ ...toIssue(error), severity: 'warning' }] };
  }
}

function byParameter(region: string, templates: readonly TemplateUse[]): readonly Issue[] {
  const names = [...new Set(templates.filter(({ image }) => image.startsWith('resolve:ssm:')).map(({ template }) => template))];
  if (names.length === 0) return [];
  const message = `launch templates in ${region} that name their AMI through an SSM parameter are not counted as its users: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  return [{ severity: 'info', code: 'TEMPLATE_BY_PARAMETER', message }];
}
