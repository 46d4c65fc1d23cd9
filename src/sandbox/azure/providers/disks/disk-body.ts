import type { JsonObject } from '../../../http.ts';
import { numberAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';

/** What a new managed disk is made of. */
export interface DiskContent {
  readonly osType?: string | undefined;
  readonly generation?: string | undefined;
  readonly sizeGB: number;
  readonly creationData: JsonObject;
  readonly attached: boolean;
}

/** The properties of a managed disk, without its state. */
export function diskProperties({ osType, generation, sizeGB, creationData, attached }: DiskContent, world: World): JsonObject {
  return {
    ...(osType !== undefined && { osType }),
    ...(generation !== undefined && { hyperVGeneration: generation }),
    creationData,
    diskSizeGB: sizeGB,
    diskSizeBytes: sizeGB * 1024 ** 3,
    ...{
      diskIOPSReadWrite: 500,
      diskMBpsReadWrite: 100,
      encryption: { type: 'EncryptionAtRestWithPlatformKey' },
      networkAccessPolicy: 'AllowAll',
    },
    publicNetworkAccess: 'Enabled',
    timeCreated: world.clock.now().toISOString(),
    uniqueId: world.nextGuid(),
    diskState: attached ? 'Attached' : 'Unattached',
  };
}

/** What a request may say of a disk, and the disk keeps; speed only of the types that take one (Microsoft.Compute/disks: `diskIOPSReadWrite`). */
export function stated(properties: JsonObject, sku: string): JsonObject {
  const speed = SPEED_IS_SET.test(sku) ? ['diskIOPSReadWrite', 'diskMBpsReadWrite'] : [];
  const kept = ['encryption', 'networkAccessPolicy', 'publicNetworkAccess', ...speed].filter((name) => properties[name] !== undefined);
  return Object.fromEntries(kept.map((name) => [name, properties[name]]));
}

const SPEED_IS_SET = /^(?:PremiumV2|UltraSSD)_/i;

/** The size that a request asks for, or the source's own. */
export function sizeOf(properties: JsonObject, otherwise: number): number {
  return numberAt(properties, 'diskSizeGB') ?? otherwise;
}

/** A disk's `sku` with its tier. */
export function diskSku(name: string): JsonObject {
  return { name, tier: name.startsWith('Premium') ? 'Premium' : 'Standard' };
}

/** The disk as it is once its VM is gone: nothing holds it. */
export function detached(disk: JsonObject): JsonObject {
  const { managedBy: _, ...rest } = disk;
  return { ...rest, properties: { ...objectAt(disk, 'properties'), diskState: 'Unattached' } };
}

/** Id of the VM that holds the disk. */
export function holderOf(disk: JsonObject): string | undefined {
  return textAt(disk, 'managedBy');
}
