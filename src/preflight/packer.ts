import type { BuildPlan } from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

/** What the rendered folder asks for (`packer-templates/packer/plugins.pkr.hcl.hbs`). */
const OLDEST_PLUGIN = [2, 6, 3] as const;

/** Packer is here and new enough; a plugin that is missing or old is fetched when the build begins, before the first write, where the network allows it. */
export function packerIsReady({ engine }: BuildPlan, { packer }: AzureState): readonly Answer[] {
  if (engine !== 'packer' || packer === undefined) return [];
  const title = 'Packer';
  if ('missing' in packer)
    return [{ id: 'packer', title, status: 'fail', detail: packer.missing, ...(packer.hint !== undefined && { hint: packer.hint }) }];
  const { version, plugin } = packer;
  if (plugin !== undefined && isRecent(plugin))
    return [{ id: 'packer', title, status: 'pass', detail: `Packer ${version} with its azure plugin ${plugin}` }];
  const found = plugin === undefined ? 'is not installed' : `is ${plugin}, and ${OLDEST_PLUGIN.join('.')} is needed`;
  return [
    {
      id: 'packer',
      title,
      status: 'warn',
      detail: `the azure plugin of Packer ${version} ${found}: the build fetches it from github.com before it writes anything`,
      hint: 'install it beforehand: packer plugins install github.com/hashicorp/azure',
    },
  ];
}

function isRecent(plugin: string): boolean {
  const parts = plugin.split('.').map(Number);
  const differing = OLDEST_PLUGIN.findIndex((part, index) => (parts[index] ?? 0) !== part);
  return differing < 0 || (parts[differing] ?? 0) > (OLDEST_PLUGIN[differing] ?? 0);
}
