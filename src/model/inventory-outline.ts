import * as z from 'zod';
import { FoundComponent, FoundLeak, type Inventory, InventoryBoot, InventorySource, InventorySystem, Unread } from './inventory.ts';
import { artifact, list, record } from './schema.ts';

/** What an inventory holds in numbers. */
export const InventoryCounts = record({
  packages: z.number().int(),
  /** Those that a person asked for, as far as somebody recorded it. */
  manualPackages: z.number().int(),
  containers: z.number().int(),
  services: z.number().int(),
  accounts: z.number().int(),
  settings: z.number().int(),
  /** Files and trees that no package brought. */
  unowned: z.number().int(),
  /** Files of packages that were changed. */
  changed: z.number().int(),
});
export type InventoryCounts = z.infer<typeof InventoryCounts>;

/** An inventory as a report holds it: what it is, how it starts, AWS parts, leaks and what was not read; the rest as numbers. */
export const InventoryOutline = artifact('InventoryOutline', {
  source: InventorySource,
  system: InventorySystem,
  boot: InventoryBoot,
  counts: InventoryCounts,
  components: list(FoundComponent),
  leaks: list(FoundLeak),
  unread: list(Unread),
});
export type InventoryOutline = z.infer<typeof InventoryOutline>;

export function outlineOf(inventory: Inventory): InventoryOutline {
  const { schemaVersion, source, system, boot, packages, content, components, leaks, unread } = inventory;
  return {
    kind: 'InventoryOutline',
    schemaVersion,
    source,
    system,
    boot,
    counts: {
      packages: packages.length,
      manualPackages: packages.filter(({ reason }) => reason === 'manual').length,
      containers: inventory.containers.length,
      services: inventory.services.length,
      accounts: inventory.accounts.length,
      settings: inventory.settings.length,
      unowned: content.filter(({ origin }) => origin === 'unowned').length,
      changed: content.filter(({ origin }) => origin === 'changed').length,
    },
    components,
    leaks,
    unread,
  };
}

/** Bytes that the file systems of a disk use together; undefined where none says so. */
export function usedBytes({ fileSystems }: Pick<InventoryBoot, 'fileSystems'>): number | undefined {
  const used = fileSystems.flatMap(({ usedBytes: bytes }) => (bytes === undefined ? [] : [bytes]));
  return used.length === 0 ? undefined : used.reduce((sum, bytes) => sum + bytes, 0);
}
