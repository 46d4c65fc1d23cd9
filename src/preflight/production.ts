import { type BuildPlan, RIGHTS } from '../model/index.ts';
import { HINT, judge } from './permissions.ts';
import type { Answer, AzureState } from './questions.ts';

/** Actions on its resource group that a copy into the production gallery needs: to make gallery, definition and version, and to tend them. */
export function copyActions(): readonly string[] {
  const needed = RIGHTS.filter(
    ({ on, duties, only }) => on === 'group' && duties.includes('published') && (only === undefined || only === 'production'),
  );
  return [...new Set(needed.map(({ action }) => action))];
}

/** The resource group of the production gallery where it is not the one that the image is built into. */
export function productionGroup({ production, resourceGroup }: BuildPlan): string | undefined {
  return production?.resourceGroup.toLowerCase() === resourceGroup.toLowerCase() ? undefined : production?.resourceGroup;
}

/**
 * What was tested can be copied. An identity that lacks something for it stops a build only where `refresh`, which works as the same one, copies by itself: else
 * somebody else may do it.
 */
export function productionCanBeWritten(plan: BuildPlan, { production }: AzureState): readonly Answer[] {
  const group = productionGroup(plan);
  if (group === undefined || production === undefined) return [];
  const status = plan.production?.automatic ? 'fail' : 'warn';
  if (!production.exists) {
    const detail = `the resource group ${group} of \`production\` does not exist in subscription ${plan.subscription}`;
    return [
      {
        id: 'resource-group',
        title: 'resource group',
        status,
        detail,
        hint: `create it: az group create --name ${group} --location ${plan.production?.location}`,
      },
    ];
  }
  const hint = status === 'fail' ? HINT : `promote as another identity, or grant it: ${HINT}`;
  return judge(`the resource group ${group} of \`production\``, copyActions(), production.permissions, { status, hint });
}
