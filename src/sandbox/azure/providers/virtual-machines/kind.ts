import type { JsonObject } from '../../../http.ts';
import { COMPUTE } from '../../api-versions.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { detached } from '../disks/disk-body.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { allocate } from './allocation.ts';
import { completeVm } from './complete.ts';
import { instanceView } from './instance-view.ts';
import { changeState, hide, stateOf } from './state.ts';

/** Virtual seconds from a VM's success to the first report of its agent. */
const AGENT_SECONDS = 30;

/** Microsoft.Compute/virtualMachines. */
export const VM_KIND: ResourceKind = {
  type: 'Microsoft.Compute/virtualMachines',
  versions: COMPUTE,
  created: 201,
  seconds: 60,
  keep: ['plan', 'identity', 'zones', 'extendedLocation'],
  working: 'Creating',
  complete: completeVm,
  settle: boot,
  failed: (vm, { code, message }, world) => {
    const power = /Allocation/.test(code) ? 'deallocated' : 'running';
    world.resources.put(vm.id, vm.body, hide({ ...stateOf(vm), power, failure: { code, message } }));
  },
  deleted: release,
  show: (vm, call, world) => {
    const body = forVersion(vm.body, call.apiVersion);
    return expands(call.request.query.get('$expand')) ? withView(body, instanceView(vm, call.request.origin, world)) : body;
  },
};

/** The VM as an api-version shows it: the description of 2022-03-01 does not know the disk controller. */
function forVersion(body: JsonObject, apiVersion: string): JsonObject {
  if (apiVersion > '2022-03-01') return body;
  const properties = objectAt(body, 'properties');
  const { diskControllerType: _, ...storageProfile } = objectAt(properties, 'storageProfile');
  return { ...body, properties: { ...properties, storageProfile } };
}

function boot(vm: Stored, world: World): void {
  if (stateOf(vm).power !== 'starting') return;
  allocate(vm, world);
  changeState(vm.id, { power: 'running' }, world);
  world.clock.after(AGENT_SECONDS, () => changeState(vm.id, { ready: true }, world));
}

function release({ body }: Stored, world: World): void {
  const storage = objectAt(body, 'properties', 'storageProfile');
  for (const disk of [objectAt(storage, 'osDisk'), ...listAt(storage, 'dataDisks')]) {
    const stored = world.resources.get(textAt(disk, 'managedDisk', 'id') ?? '');
    if (stored && textAt(disk, 'deleteOption') === 'Delete') world.resources.delete(stored.id);
    else if (stored) world.resources.put(stored.id, detached(stored.body));
  }
  for (const reference of listAt(body, 'properties', 'networkProfile', 'networkInterfaces')) {
    if (textAt(reference, 'properties', 'deleteOption') === 'Delete') deleteInterface(textAt(reference, 'id') ?? '', world);
  }
}

function deleteInterface(id: string, world: World): void {
  const addresses = listAt(world.resources.get(id)?.body, 'properties', 'ipConfigurations').map(
    (one) => textAt(one, 'properties', 'publicIPAddress', 'id') ?? '',
  );
  for (const address of addresses) {
    if (textAt(world.resources.get(address)?.body, 'properties', 'deleteOption') === 'Delete') world.resources.delete(address);
  }
  world.resources.delete(id);
}

function expands(expand: string | null): boolean {
  return expand?.toLowerCase() === 'instanceview';
}

function withView(body: JsonObject, view: JsonObject): JsonObject {
  return { ...body, properties: { ...objectAt(body, 'properties'), instanceView: view } };
}
