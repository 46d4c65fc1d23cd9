import type { DeployedDisk, Deployment, Reasoned } from '../model/index.ts';
import {
  type Entry,
  entry,
  joined,
  list,
  number,
  object,
  type Parameter,
  parameter,
  type Resource,
  type Template,
  text,
  truth,
  type Value,
} from './template.ts';

/** The newest described versions of Microsoft.Compute that know every property used here. */
const COMPUTE = '2024-07-01';
const DISKS = '2024-03-02';
/** Of the interfaces that are made with a VM. Source: virtualMachine.json, networkApiVersion. */
const INTERFACES = '2020-11-01';

/** A deployment as resources of Azure Resource Manager, in no language yet. */
export function templateOf(deployment: Deployment): Template {
  const { image, target } = deployment;
  return {
    title: `${target === 'vm' ? 'a virtual machine' : 'a scale set'} from the image ${image}, written by regild`,
    notes: deployment.issues.map(({ code, message }) => `${code}: ${message}`),
    parameters: parametersOf(deployment),
    resources:
      target === 'vm' ? [...deployment.dataDisks.map((disk) => diskOf(disk, deployment)), vmOf(deployment)] : [scaleSetOf(deployment)],
  };
}

function parametersOf({ target, osFamily }: Deployment): readonly Parameter[] {
  const login: Parameter =
    osFamily === 'linux'
      ? { name: 'sshPublicKey', type: 'text', description: 'the public key that the administrator logs in with' }
      : { name: 'adminPassword', type: 'secret', description: 'the password of the administrator' };
  return [
    { name: 'name', type: 'text', description: `name of the ${target === 'vm' ? 'virtual machine' : 'scale set'}` },
    { name: 'subnetId', type: 'text', description: 'resource id of the subnet that it stands in' },
    { name: 'adminUsername', type: 'text', default: 'azureuser', description: 'name of the administrator' },
    login,
    ...(target === 'vmss'
      ? [{ name: 'instanceCount', type: 'number', default: 2, description: 'how many instances the scale set has' } as const]
      : []),
  ];
}

/** A data disk is a resource of its own: on a VM, IOPS and throughput cannot be set with the attachment. */
function diskOf(disk: DeployedDisk, { location, zones, diskEncryptionSet }: Deployment): Resource {
  return {
    symbol: diskSymbol(disk),
    type: 'Microsoft.Compute/disks',
    apiVersion: DISKS,
    name: joined({ parameter: 'name' }, `-data-${disk.lun}`),
    location: { ...said('location', location), value: text(location.value ?? '') },
    body: [
      said('zones', zones, zoneList),
      entry('sku', object(entry('name', text(disk.sku), disk.reason))),
      entry(
        'properties',
        object(
          entry('creationData', object(entry('createOption', text('Empty')))),
          entry('diskSizeGB', number(disk.sizeGiB), `the size of ${disk.device}`),
          ...(disk.iops === undefined ? [] : [entry('diskIOPSReadWrite', number(disk.iops))]),
          ...(disk.throughput === undefined ? [] : [entry('diskMBpsReadWrite', number(disk.throughput))]),
          ...(diskEncryptionSet.value === null
            ? []
            : [
                entry(
                  'encryption',
                  object(entry('type', text('EncryptionAtRestWithCustomerKey')), said('diskEncryptionSetId', diskEncryptionSet)),
                ),
              ]),
        ),
      ),
    ],
    after: [],
  };
}

function diskSymbol({ lun }: DeployedDisk): string {
  return `data${lun}`;
}

function vmOf(deployment: Deployment): Resource {
  const { location, zones, size, dataDisks } = deployment;
  const attached = dataDisks.map((disk) =>
    object(
      entry('lun', number(disk.lun)),
      entry('createOption', text('Attach')),
      entry('caching', text(disk.caching), disk.reason),
      entry('managedDisk', object(entry('id', { kind: 'id-of', resource: diskSymbol(disk) }))),
    ),
  );
  return {
    symbol: 'machine',
    type: 'Microsoft.Compute/virtualMachines',
    apiVersion: COMPUTE,
    name: parameter('name'),
    location: { ...said('location', location), value: text(location.value ?? '') },
    body: [
      said('zones', zones, zoneList),
      planEntry(deployment),
      entry(
        'properties',
        object(
          entry('hardwareProfile', object(said('vmSize', size))),
          ...profile(deployment, attached, { computerName: parameter('name') }),
        ),
      ),
    ],
    after: dataDisks.map(diskSymbol),
  };
}

function scaleSetOf(deployment: Deployment): Resource {
  const { location, zones, size, dataDisks } = deployment;
  const made = dataDisks.map((disk) =>
    object(
      entry('lun', number(disk.lun)),
      entry('createOption', text('Empty')),
      entry('diskSizeGB', number(disk.sizeGiB), disk.reason),
      entry('caching', text(disk.caching)),
      ...(disk.iops === undefined ? [] : [entry('diskIOPSReadWrite', number(disk.iops))]),
      ...(disk.throughput === undefined ? [] : [entry('diskMBpsReadWrite', number(disk.throughput))]),
      entry('managedDisk', object(entry('storageAccountType', text(disk.sku)), ...encrypted(deployment))),
    ),
  );
  return {
    symbol: 'machine',
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    apiVersion: COMPUTE,
    name: parameter('name'),
    location: { ...said('location', location), value: text(location.value ?? '') },
    body: [
      entry('sku', object(said('name', size), entry('capacity', parameter('instanceCount')))),
      said('zones', zones, zoneList),
      planEntry(deployment),
      entry(
        'properties',
        object(
          entry('orchestrationMode', text('Flexible'), 'what Azure recommends; instances are ordinary VMs'),
          entry('platformFaultDomainCount', number(1), 'spread as widely as Azure can'),
          entry('virtualMachineProfile', object(...profile(deployment, made, { computerNamePrefix: parameter('name') }))),
        ),
      ),
    ],
    after: [],
  };
}

/** What a VM and the model of a scale set's VMs have alike. */
function profile(deployment: Deployment, dataDisks: readonly Value[], name: Readonly<Record<string, Value>>): readonly Entry[] {
  const { licenseType, acceleratedNetworking } = deployment;
  const address = object(
    entry('name', text('ipconfig')),
    entry('properties', object(entry('subnet', object(entry('id', parameter('subnetId')))))),
  );
  return [
    ...securityEntries(deployment),
    entry('storageProfile', storageProfile(deployment, dataDisks)),
    entry('osProfile', osProfile(deployment, name)),
    said('licenseType', licenseType),
    entry(
      'networkProfile',
      object(
        entry('networkApiVersion', text(INTERFACES)),
        entry(
          'networkInterfaceConfigurations',
          list(
            object(
              entry('name', text('nic')),
              entry(
                'properties',
                object(
                  entry('primary', truth(true)),
                  said('enableAcceleratedNetworking', acceleratedNetworking, truth),
                  entry('deleteOption', text('Delete')),
                  entry('ipConfigurations', list(address)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    entry(
      'diagnosticsProfile',
      object(entry('bootDiagnostics', object(entry('enabled', truth(true), 'the serial console tells why a VM does not boot')))),
    ),
    ...(deployment.dataDisks.some(({ sku }) => sku === 'UltraSSD_LRS')
      ? [entry('additionalCapabilities', object(entry('ultraSSDEnabled', truth(true), 'a data disk is an Ultra Disk')))]
      : []),
  ];
}

function securityEntries({ security }: Deployment): readonly Entry[] {
  if (security.value !== 'TrustedLaunch') return [entry('securityProfile', undefined, security.reason)];
  const firmware = object(entry('secureBootEnabled', truth(true)), entry('vTpmEnabled', truth(true)));
  return [entry('securityProfile', object(said('securityType', security), entry('uefiSettings', firmware)))];
}

function storageProfile(deployment: Deployment, dataDisks: readonly Value[]): Value {
  const { version, osDisk, osDiskCaching, ephemeralOsDisk, controller } = deployment;
  const managed = [said('storageAccountType', osDisk), ...encrypted(deployment)];
  return object(
    entry('imageReference', object(said('id', version))),
    entry(
      'osDisk',
      object(
        entry('createOption', text('FromImage')),
        said('caching', osDiskCaching),
        entry('managedDisk', object(...managed)),
        ephemeralOsDisk.value === null
          ? entry('diffDiskSettings', undefined, ephemeralOsDisk.reason)
          : entry('diffDiskSettings', object(entry('option', text('Local')), said('placement', ephemeralOsDisk))),
        entry('deleteOption', text('Delete')),
      ),
    ),
    ...(dataDisks.length === 0 ? [] : [entry('dataDisks', list(...dataDisks))]),
    said('diskControllerType', controller),
  );
}

function osProfile({ osFamily }: Deployment, name: Readonly<Record<string, Value>>): Value {
  const names = Object.entries(name).map(([key, value]) => entry(key, value));
  const user = entry('adminUsername', parameter('adminUsername'));
  if (osFamily === 'windows') return object(...names, user, entry('adminPassword', parameter('adminPassword')));
  const key = object(
    entry('path', joined('/home/', { parameter: 'adminUsername' }, '/.ssh/authorized_keys')),
    entry('keyData', parameter('sshPublicKey')),
  );
  const linux = object(entry('disablePasswordAuthentication', truth(true)), entry('ssh', object(entry('publicKeys', list(key)))));
  return object(...names, user, entry('linuxConfiguration', linux));
}

function encrypted({ diskEncryptionSet }: Deployment): readonly Entry[] {
  if (diskEncryptionSet.value === null) return [entry('diskEncryptionSet', undefined, diskEncryptionSet.reason)];
  return [entry('diskEncryptionSet', object(said('id', diskEncryptionSet)))];
}

function planEntry({ purchasePlan: { value, reason } }: Deployment): Entry {
  if (value === null) return entry('plan', undefined, reason);
  const { publisher, product, name } = value;
  return entry('plan', object(entry('publisher', text(publisher)), entry('product', text(product)), entry('name', text(name))), reason);
}

function zoneList(zones: readonly string[]): Value {
  return list(...zones.map(text));
}

/** A value with its reason as a property. */
function said(key: string, reasoned: Reasoned<string>): Entry;
function said<Said>(key: string, reasoned: Reasoned<Said>, write: (value: Said) => Value): Entry;
function said<Said>(key: string, { value, reason }: Reasoned<Said>, write: (value: Said) => Value = (one) => text(String(one))): Entry {
  return entry(key, value === null ? undefined : write(value), reason);
}
