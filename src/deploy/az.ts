import { shellWord } from '../guest/quote.ts';
import type { DeployedDisk, Deployment, Reasoned } from '../model/index.ts';
import { commentText } from './comment.ts';

/** An option of az with its values, and why. */
interface Option {
  readonly words: readonly string[];
  readonly reason: string;
}

/** Values that the script takes from its environment, so that they stand in double quotes. */
const ENVIRONMENT = [
  ['RESOURCE_GROUP', 'the resource group to deploy into'],
  ['NAME', 'the name of the machine'],
  ['SUBNET_ID', 'the resource id of the subnet that it stands in'],
] as const;

/** A POSIX shell script that deploys with the Azure CLI; each option stands below its reason. The password of a Windows VM is asked for by az. */
export function azScript(deployment: Deployment): string {
  const { target, image, osFamily, issues } = deployment;
  const create = target === 'vm' ? 'az vm create' : 'az vmss create';
  const key = osFamily === 'linux' ? [['SSH_KEY_FILE', 'the file with the public key that the administrator logs in with'] as const] : [];
  return `${[
    '#!/bin/sh',
    `# ${commentText(`${target === 'vm' ? 'a virtual machine' : 'a scale set'} from the image ${image}, written by regild`)}`,
    ...issues.map(({ code, message }) => `# ${commentText(`${code}: ${message}`)}`),
    'set -eu',
    ...[...ENVIRONMENT, ...key].map(([name, what]) => `: "\${${name}:?${what}}"`),
    ...(target === 'vm' ? deployment.dataDisks.flatMap((disk) => createDisk(disk, deployment)) : []),
    '',
    'set -- --resource-group "$RESOURCE_GROUP" --name "$NAME" --subnet "$SUBNET_ID" --admin-username "${ADMIN_USERNAME:-azureuser}"',
    ...(osFamily === 'linux' ? ['set -- "$@" --ssh-key-values "$SSH_KEY_FILE"'] : []),
    ...(target === 'vm'
      ? ["set -- \"$@\" --public-ip-address '' --nsg '' --nic-delete-option Delete"]
      : ['set -- "$@" --orchestration-mode Flexible --instance-count "${INSTANCE_COUNT:-2}" --load-balancer \'\'']),
    ...optionsOf(deployment).flatMap(optionLines),
    ...(target === 'vm' && deployment.dataDisks.length > 0
      ? [`set -- "$@" --attach-data-disks ${deployment.dataDisks.map(({ lun }) => `"$NAME-data-${lun}"`).join(' ')}`]
      : []),
    `${create} "$@"`,
  ].join('\n')}\n`;
}

function optionLines({ words, reason }: Option): readonly string[] {
  return [`# ${commentText(reason)}`, ...(words.length === 0 ? [] : [`set -- "$@" ${words.map(shellWord).join(' ')}`])];
}

function optionsOf(deployment: Deployment): readonly Option[] {
  const { target, security, osDisk, ephemeralOsDisk, purchasePlan, dataDisks, diskEncryptionSet } = deployment;
  const plan = purchasePlan.value;
  return [
    option('--image', deployment.version),
    option('--location', deployment.location),
    option(target === 'vm' ? '--size' : '--vm-sku', deployment.size),
    {
      words: deployment.zones.value === null ? [] : [target === 'vm' ? '--zone' : '--zones', ...deployment.zones.value],
      reason: deployment.zones.reason,
    },
    {
      words: security.value === 'TrustedLaunch' ? trustedLaunch() : ['--security-type', 'Standard'],
      reason: security.reason,
    },
    option('--disk-controller-type', deployment.controller),
    option('--license-type', deployment.licenseType),
    {
      words: plan === null ? [] : ['--plan-publisher', plan.publisher, '--plan-product', plan.product, '--plan-name', plan.name],
      reason: plan === null ? `no purchase plan: ${purchasePlan.reason}` : purchasePlan.reason,
    },
    ...storageOptions(deployment),
    option('--os-disk-caching', deployment.osDiskCaching),
    {
      words: ephemeralOsDisk.value === null ? [] : ['--ephemeral-os-disk', 'true', '--ephemeral-os-disk-placement', ephemeralOsDisk.value],
      reason: ephemeralOsDisk.reason,
    },
    option('--os-disk-encryption-set', diskEncryptionSet),
    ...(target === 'vmss' && diskEncryptionSet.value !== null && dataDisks.length > 0
      ? [
          {
            words: ['--data-disk-encryption-sets', ...dataDisks.map(() => diskEncryptionSet.value ?? '')],
            reason: diskEncryptionSet.reason,
          },
        ]
      : []),
    {
      words: ['--accelerated-networking', String(deployment.acceleratedNetworking.value ?? false)],
      reason: deployment.acceleratedNetworking.reason,
    },
    ...(osDisk.value === null && ephemeralOsDisk.value !== null
      ? []
      : [{ words: ['--os-disk-delete-option', 'Delete'], reason: 'the OS disk goes with its VM' }]),
    ...(dataDisks.some(({ sku }) => sku === 'UltraSSD_LRS')
      ? [{ words: ['--ultra-ssd-enabled', 'true'], reason: 'a data disk is an Ultra Disk' }]
      : []),
  ];
}

function trustedLaunch(): readonly string[] {
  return ['--security-type', 'TrustedLaunch', '--enable-secure-boot', 'true', '--enable-vtpm', 'true'];
}

/** Disks of a VM exist before it; those of a scale set are made with its instances. */
function storageOptions({ target, osDisk, dataDisks }: Deployment): readonly Option[] {
  const made = target === 'vmss' ? dataDisks : [];
  const skus = [...(osDisk.value === null ? [] : [`os=${osDisk.value}`]), ...made.map(({ lun, sku }) => `${lun}=${sku}`)];
  return [
    { words: skus.length === 0 ? [] : ['--storage-sku', ...skus], reason: [osDisk.reason, ...made.map(({ reason }) => reason)].join('; ') },
    ...(dataDisks.length === 0
      ? []
      : [
          {
            words: ['--data-disk-caching', ...dataDisks.map(({ lun, caching }) => `${lun}=${caching}`)],
            reason: 'host caching of each data disk by its lun',
          },
        ]),
    ...(made.length === 0
      ? []
      : [{ words: ['--data-disk-sizes-gb', ...made.map(({ sizeGiB }) => String(sizeGiB))], reason: 'sizes of the data disks, GiB' }]),
    ...(made.length > 0 && made.every(({ iops, throughput }) => iops !== undefined && throughput !== undefined)
      ? [
          { words: ['--data-disk-iops', ...made.map(({ iops }) => String(iops))], reason: 'IOPS of the data disks' },
          {
            words: ['--data-disk-mbps', ...made.map(({ throughput }) => String(throughput))],
            reason: 'throughput of the data disks, MB/s',
          },
        ]
      : []),
  ];
}

function createDisk(disk: DeployedDisk, { location, zones, diskEncryptionSet }: Deployment): readonly string[] {
  const { lun, sizeGiB, sku, iops, throughput, reason } = disk;
  const words = [
    ...['--location', location.value ?? ''],
    ...(zones.value === null ? [] : ['--zone', ...zones.value]),
    ...['--size-gb', String(sizeGiB), '--sku', sku],
    ...(iops === undefined ? [] : ['--disk-iops-read-write', String(iops)]),
    ...(throughput === undefined ? [] : ['--disk-mbps-read-write', String(throughput)]),
    ...(diskEncryptionSet.value === null
      ? []
      : ['--disk-encryption-set', diskEncryptionSet.value, '--encryption-type', 'EncryptionAtRestWithCustomerKey']),
  ];
  return [
    '',
    `# ${commentText(reason)}`,
    `az disk create --resource-group "$RESOURCE_GROUP" --name "$NAME-data-${lun}" ${words.map(shellWord).join(' ')}`,
  ];
}

function option(name: string, { value, reason }: Reasoned<string>): Option {
  return value === null ? { words: [], reason: `no ${name}: ${reason}` } : { words: [name, value], reason };
}
