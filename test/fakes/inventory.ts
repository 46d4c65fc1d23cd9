import type { Inventory, InventoryPackage } from '../../src/model/index.ts';

/** An inventory in which nothing was found, with what a test cares about. */
export function anInventory(fields: Partial<Inventory> = {}): Inventory {
  return {
    kind: 'Inventory',
    schemaVersion: 1,
    source: { kind: 'disk', name: 'disk.raw', simulated: false },
    system: { family: 'linux', id: 'debian', version: '12', kernels: [], apparmor: false, fips: false },
    boot: { loaders: [], fileSystems: [], kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] },
    packages: [],
    containers: [],
    services: [],
    cron: [],
    accounts: [],
    sudo: [],
    settings: [],
    content: [],
    components: [],
    leaks: [],
    unread: [],
    unasked: [],
    ...fields,
  };
}

/** A Debian package that came with the base, with what a test cares about. */
export function aPackage(name: string, fields: Partial<InventoryPackage> = {}): InventoryPackage {
  return {
    manager: 'deb',
    name,
    version: '1.0-1',
    architecture: 'amd64',
    reason: 'manual',
    installed: '2026-01-01T00:00:00.000Z',
    ...fields,
  };
}
