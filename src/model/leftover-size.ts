import type { Leftover } from './leftover.ts';

/** What a leftover costs while it is there: a machine by the hour, storage by the month, or nothing. */
export type Risk = 'compute' | 'storage' | 'none';

/** Resource types by what they cost; a type that is not named costs nothing while nobody uses it. */
const COSTS: Readonly<Record<string, Risk>> = {
  'microsoft.compute/virtualmachines': 'compute',
  'microsoft.containerinstance/containergroups': 'compute',
  'microsoft.compute/disks': 'storage',
  'microsoft.compute/snapshots': 'storage',
  'microsoft.compute/images': 'storage',
  'microsoft.storage/storageaccounts': 'storage',
  'microsoft.network/publicipaddresses': 'storage',
  'microsoft.keyvault/vaults': 'storage',
};

/** What a leftover costs while it is there, and what there is of it in words. `staging` are the groups that go with an image template. */
export function sizeOf(leftover: Leftover, staging: readonly Leftover[]): { readonly risk: Risk; readonly size: string } {
  switch (leftover.kind) {
    case 'resource-group':
      return groupSize(leftover.holds);
    case 'image-template': {
      const held = groupSize(staging.flatMap((group) => (group.kind === 'resource-group' ? group.holds : [])));
      return { ...held, size: `with its staging group: ${held.size}` };
    }
    case 'build-claim':
      return { risk: 'none', size: 'no machine' };
    case 'gallery-version': {
      const replicas = leftover.regions.reduce((sum, region) => sum + region.replicas, 0);
      return { risk: 'storage', size: `${counted(replicas, 'replica')} in ${leftover.regions.map(({ name }) => name).join(', ')}` };
    }
  }
}

function groupSize(holds: readonly string[]): { readonly risk: Risk; readonly size: string } {
  const risks = holds.map((type) => COSTS[type.toLowerCase()] ?? 'none');
  const risk = risks.includes('compute') ? 'compute' : risks.includes('storage') ? 'storage' : 'none';
  const counts = Map.groupBy(holds.map(typeName), (name) => name);
  return { risk, size: [...counts].map(([name, found]) => counted(found.length, name)).join(', ') || 'empty' };
}

/** `Microsoft.Compute/virtualMachines` becomes `virtual machine`. */
function typeName(type: string): string {
  const last = type.slice(type.lastIndexOf('/') + 1);
  const words = last.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').toLowerCase();
  return words.replace(/(?<=ss)es$|s$/, '');
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : name.endsWith('s') ? 'es' : 's'}`;
}
