import type { ResourceSku } from '@azure/arm-compute';
import type { EphemeralOsDisk, VmSize } from '../../model/index.ts';
import type { AzureConnection } from './connection/index.ts';
import { asAzure } from './errors/index.ts';

/** The VM sizes of a location, with what each can do for this subscription. */
export async function readSizes(connection: AzureConnection, subscription: string, location: string): Promise<readonly VmSize[]> {
  const attempt = {
    doing: `list the VM sizes of ${location}`,
    action: 'Microsoft.Compute/skus/read',
    scope: `/subscriptions/${subscription}`,
  };
  return asAzure(attempt, async () => {
    const { resourceSkus } = await connection.compute(subscription);
    const filter = `location eq '${location.replaceAll("'", "''")}'`;
    const listed = await Array.fromAsync(resourceSkus.list({ filter }));
    return listed.filter(({ resourceType }) => resourceType === 'virtualMachines').map(toVmSize);
  });
}

/** One entry of Microsoft.Compute/skus in our words. A capability that is not listed has the value it had before it existed. */
export function toVmSize(sku: ResourceSku): VmSize {
  const can = new Map((sku.capabilities ?? []).map(({ name, value }) => [name, value]));
  const generations = words(can.get('HyperVGenerations') ?? 'V1').filter((word) => word === 'V1' || word === 'V2');
  return {
    name: sku.name ?? '',
    family: sku.family ?? '',
    vcpus: Number(can.get('vCPUs') ?? 0),
    memoryGiB: Number(can.get('MemoryGB') ?? 0),
    architecture: can.get('CpuArchitectureType') === 'Arm64' ? 'arm64' : 'x64',
    generations,
    controllers: words(can.get('DiskControllerTypes') ?? 'SCSI').filter((word) => word === 'SCSI' || word === 'NVMe'),
    trustedLaunch: generations.includes('V2') && can.get('TrustedLaunchDisabled')?.toLowerCase() !== 'true',
    restriction: restriction(sku),
    zones: zonesOf(sku),
    acceleratedNetworking: isTrue(can.get('AcceleratedNetworkingEnabled')),
    premiumDisks: isTrue(can.get('PremiumIO')),
    dataDisks: Number(can.get('MaxDataDiskCount') ?? 0),
    ephemeralOsDisk: ephemeralOsDisk(can),
  };
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** Zones that have the size, without those that a restriction takes from the subscription. */
function zonesOf({ locationInfo = [], restrictions = [] }: ResourceSku): readonly string[] {
  const closed = new Set(restrictions.filter(({ type }) => type === 'Zone').flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []));
  const zones = new Set(locationInfo.flatMap(({ zones = [] }) => zones));
  return [...zones].filter((zone) => !closed.has(zone)).toSorted();
}

/** The largest place of an OS disk on the host. A size without a list of places has a cache or a temporary disk. Source: ephemeral-os-disks, size requirements. */
function ephemeralOsDisk(can: ReadonlyMap<string | undefined, string | undefined>): EphemeralOsDisk | undefined {
  if (!isTrue(can.get('EphemeralOSDiskSupported'))) return undefined;
  const listed = can.get('SupportedEphemeralOSDiskPlacements');
  const places = listed === undefined ? ['CacheDisk', 'ResourceDisk'] : words(listed);
  const sizes: readonly EphemeralOsDisk[] = [
    { placement: 'CacheDisk', sizeGiB: Math.floor(Number(can.get('CachedDiskBytes') ?? 0) / 1024 ** 3) },
    { placement: 'ResourceDisk', sizeGiB: Math.floor(Number(can.get('MaxResourceVolumeMB') ?? 0) / 1024) },
    { placement: 'NvmeDisk', sizeGiB: Math.floor(Number(can.get('NvmeDiskSizeInMiB') ?? 0) / 1024) },
  ];
  return sizes.filter(({ placement, sizeGiB }) => places.includes(placement) && sizeGiB > 0).toSorted((a, b) => b.sizeGiB - a.sizeGiB)[0];
}

function words(list: string): readonly string[] {
  return list.split(',').map((word) => word.trim());
}

/** Only a restriction of the whole location keeps a size from being used: regild asks for no zone. */
function restriction(sku: ResourceSku): string | undefined {
  const found = (sku.restrictions ?? []).find(({ type }) => type === 'Location');
  return found && (found.reasonCode ?? 'restricted');
}
