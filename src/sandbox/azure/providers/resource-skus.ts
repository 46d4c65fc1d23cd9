import type { HttpResponse, JsonObject } from '../../http.ts';
import type { LocationSeed, SizeSeed } from '../../world/seed.ts';
import { COMPUTE, SKUS } from '../api-versions.ts';
import { armError } from '../errors.ts';
import { normalLocation } from '../ids.ts';
import { requireLocation } from '../locations.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';
import { hasNvmeStorage } from './virtual-machines/compatibility.ts';

/** The largest OS disk of every size. */
const OS_DISK_MB = 1_047_552;

/** Microsoft.Compute resource SKUs, after the description of 2021-07-01: VM sizes, one entry for each location, with capabilities and restrictions. */
export function resourceSkuRoutes(): readonly Route[] {
  const compute = '/subscriptions/{subscriptionId}/providers/Microsoft.Compute';
  return [
    { method: 'GET', path: `${compute}/skus`, versions: SKUS, handle: list },
    { method: 'GET', path: `${compute}/locations/{location}/vmSizes`, versions: COMPUTE, handle: listSizes },
  ];
}

function list(call: Call, world: World): HttpResponse {
  const wanted = locationOf(call.request.query.get('$filter'));
  const locations = world.seed.locations.filter(({ name }) => wanted === undefined || name === wanted);
  const value = locations.flatMap((location) => sizesIn(location, world).map((size) => skuJson(size, location)));
  return { status: 200, body: { value } };
}

/** The older list of a location's sizes (VirtualMachineSizeListResult), which the CLIs have kept. */
function listSizes(call: Call, world: World): HttpResponse {
  const location = requireLocation(world, call.params.location ?? '', 'locations/vmSizes');
  const value = sizesIn(location, world).map((size) => ({
    name: size.name,
    numberOfCores: size.vcpus,
    osDiskSizeInMB: OS_DISK_MB,
    resourceDiskSizeInMB: hasNvmeStorage(size) ? 0 : size.temporaryDiskMB,
    memoryInMB: size.memoryGB * 1024,
    maxDataDiskCount: size.dataDisks,
  }));
  return { status: 200, body: { value } };
}

/** The only filter that the service knows is `location eq '…'`. */
function locationOf(filter: string | null): string | undefined {
  if (!filter) return undefined;
  const found = /^\s*location\s+eq\s+'([^']*)'\s*$/i.exec(filter);
  if (!found) throw armError(400, 'BadRequest', `The filter '${filter}' is not supported: use location eq '<name>'.`, '$filter');
  return normalLocation(found[1] ?? '');
}

function sizesIn(location: LocationSeed, world: World): readonly SizeSeed[] {
  return world.seed.sizes.filter(({ absentFrom = [] }) => !absentFrom.includes(location.name));
}

function skuJson(size: SizeSeed, location: LocationSeed): JsonObject {
  const zones = location.zones ? ['1', '2', '3'] : [];
  return {
    resourceType: 'virtualMachines',
    name: size.name,
    tier: 'Standard',
    size: size.name.replace('Standard_', ''),
    family: size.family,
    locations: [location.name],
    locationInfo: [{ location: location.name, zones, zoneDetails: [] }],
    capabilities: capabilities(size),
    restrictions: size.restrictedIn?.includes(location.name) ? [restriction(location.name)] : [],
  };
}

function restriction(location: string): JsonObject {
  return { type: 'Location', values: [location], restrictionInfo: { locations: [location] }, reasonCode: 'NotAvailableForSubscription' };
}

function capabilities(size: SizeSeed): readonly { readonly name: string; readonly value: string }[] {
  const onNvme = hasNvmeStorage(size);
  const values: Readonly<Record<string, string | undefined>> = {
    MaxResourceVolumeMB: onNvme ? '0' : String(size.temporaryDiskMB),
    NvmeDiskSizeInMiB: onNvme && size.temporaryDiskMB > 0 ? String(size.temporaryDiskMB) : undefined,
    SupportedEphemeralOSDiskPlacements: onNvme && size.temporaryDiskMB > 0 ? 'NvmeDisk' : undefined,
    OSVhdSizeMB: String(OS_DISK_MB),
    vCPUs: String(size.vcpus),
    MemoryPreservingMaintenanceSupported: 'True',
    HyperVGenerations: size.generations,
    DiskControllerTypes: size.controllers,
    MemoryGB: String(size.memoryGB),
    MaxDataDiskCount: String(size.dataDisks),
    CpuArchitectureType: size.architecture,
    LowPriorityCapable: 'True',
    PremiumIO: truth(size.premiumStorage),
    VMDeploymentTypes: 'IaaS',
    vCPUsAvailable: String(size.vcpus),
    vCPUsPerCore: size.architecture === 'Arm64' ? '1' : '2',
    ConfidentialComputingType: size.confidential,
    TrustedLaunchDisabled: size.trustedLaunch ? undefined : 'True',
    EphemeralOSDiskSupported: truth(size.temporaryDiskMB > 0 && size.premiumStorage),
    EncryptionAtHostSupported: truth(size.premiumStorage),
    AcceleratedNetworkingEnabled: truth(size.acceleratedNetworking),
    RdmaEnabled: 'False',
    MaxNetworkInterfaces: '2',
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function truth(value: boolean): string {
  return value ? 'True' : 'False';
}
