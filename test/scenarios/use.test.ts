import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDeployment } from '../../src/deploy/write.ts';
import { deploymentOf } from '../../src/deployment.ts';
import type { RegildError } from '../../src/errors.ts';
import { inProduction } from '../../src/living/production.ts';
import type { AmiDisk, AmiSource } from '../../src/model/index.ts';
import type { Context } from '../../src/ports.ts';
import { promote } from '../../src/published.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { run as program } from '../commands/command-line.ts';
import { GIVEN } from '../deploy/read-arm.ts';
import { inSandbox, type ScenarioRun, scenarioSpec, walk } from './walk.ts';

const GROUP = 'rg-images';
const WISH = { target: 'vm', ephemeral: false } as const;
const folderOf = (name: string) => join(import.meta.dirname, name);

/** Deploys an ARM template in the sandbox as everybody does, and gives the machine as it is then. */
async function deploy({ sandbox }: ScenarioRun, template: string, kind: 'virtualMachines' | 'virtualMachineScaleSets') {
  const arm = await (await connectedTo(sandbox)).connection.arm();
  const compute = `/subscriptions/${sandbox.subscription}/resourceGroups/${GROUP}/providers`;
  const network = `${compute}/Microsoft.Network/virtualNetworks/vnet`;
  const subnets = [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }];
  const addressSpace = { addressPrefixes: ['10.0.0.0/16'] };
  await arm.put(network, '2023-09-01', { location: 'northeurope', properties: { addressSpace, subnets } });
  const wanted = Object.keys((JSON.parse(template) as { parameters: object }).parameters);
  const given = { ...GIVEN, subnetId: `${network}/subnets/default` };
  const parameters = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (wanted.includes(name) ? [[name, { value }]] : [])),
  );
  const properties = { mode: 'Incremental', template: JSON.parse(template), parameters };
  await arm.put(`${compute}/Microsoft.Resources/deployments/use`, '2022-09-01', { properties });
  const machine = (await arm.get(`${compute}/Microsoft.Compute/${kind}/${GIVEN.name}`, '2024-07-01')) as Machine;
  return { machine, disk: (lun: number) => arm.get(`${compute}/Microsoft.Compute/disks/${GIVEN.name}-data-${lun}`, '2024-03-02') };
}

interface Machine {
  readonly zones?: readonly string[];
  readonly plan?: object;
  readonly sku?: object;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The ports of a run whose AMIs have these volumes beside their root. */
function withVolumes({ ports, ...context }: Context): Context {
  const volumes: readonly AmiDisk[] = [
    { device: '/dev/sdf', kind: 'ebs', root: false, type: 'gp3', sizeGiB: 200, iops: 6000, throughput: 250 },
    { device: '/dev/sdg', kind: 'ebs', root: false, type: 'st1', sizeGiB: 500 },
  ];
  const findAmi = async (source: AmiSource) => {
    const ami = await ports.ec2.findAmi(source);
    return ami && { ...ami, disks: [...ami.disks.filter(({ root }) => root), ...volumes] };
  };
  return { ...context, ports: { ...ports, ec2: { ...ports.ec2, findAmi } } };
}

/** What a script of the Azure CLI would have called, word by word. */
async function callsOf(script: string): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'regild-use-'));
  try {
    await writeFile(join(folder, 'az'), "#!/bin/sh\nprintf '%s\\0' \"$@\"\nprintf '\\001'\n", { mode: 0o755 });
    const environment = { RESOURCE_GROUP: GROUP, NAME: GIVEN.name, SUBNET_ID: GIVEN.subnetId, SSH_KEY_FILE: 'key.pub' };
    const stub = 'az() { "$AZ" "$@"; }\n';
    const { code, stdout, stderr } = await program('sh', ['-c', stub + script], {
      folder,
      environment: { ...environment, AZ: join(folder, 'az') },
    });
    expect([code, stderr]).toEqual([0, '']);
    return stdout
      .split('\u0001')
      .filter((call) => call !== '')
      .map((call) => call.split('\0').slice(0, -1));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Options of a call with their values. */
function optionsOf(call: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const starts = call.flatMap((word, index) => (word.startsWith('--') ? [index] : []));
  return Object.fromEntries(starts.map((start, index) => [call[start], call.slice(start + 1, starts[index + 1])]));
}

test('a VM of a published version with the volumes of its AMI is deployed from the ARM form, and az says the same', async () => {
  const folder = folderOf('golden');
  await inSandbox(folder, {}, async (run) => {
    const spec = scenarioSpec(folder);
    await walk(spec, run);
    const deployment = await deploymentOf({ spec }, { ...WISH, instanceType: 'm5.large' }, withVolumes(run.context));
    const [version] = await run.context.ports.gallery.versions(spec.target);
    expect([deployment.issues, deployment.size.value]).toEqual([[], 'Standard_D2s_v6']);
    const { machine, disk } = await deploy(run, writeDeployment(deployment, 'arm'), 'virtualMachines');
    expect(machine).toMatchObject({
      zones: ['1'],
      properties: {
        provisioningState: 'Succeeded',
        hardwareProfile: { vmSize: 'Standard_D2s_v6' },
        securityProfile: { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } },
        storageProfile: {
          imageReference: { id: version?.id },
          diskControllerType: 'NVMe',
          osDisk: { caching: 'ReadWrite', managedDisk: { storageAccountType: 'Premium_LRS' } },
          dataDisks: [
            { lun: 0, caching: 'None', name: 'web-data-0' },
            { lun: 1, caching: 'None', name: 'web-data-1' },
          ],
        },
      },
    });
    expect([await disk(0), await disk(1)]).toMatchObject([
      { zones: ['1'], sku: { name: 'PremiumV2_LRS' }, properties: { diskSizeGB: 200, diskState: 'Attached' } },
      { zones: ['1'], sku: { name: 'Standard_LRS' }, properties: { diskSizeGB: 500, diskState: 'Attached' } },
    ]);
    const [first, second, create] = await callsOf(writeDeployment(deployment, 'az'));
    expect([first, second].map((call = []) => [call[1], optionsOf(call)])).toEqual([
      [
        'create',
        {
          '--resource-group': [GROUP],
          '--name': ['web-data-0'],
          '--location': ['northeurope'],
          '--zone': ['1'],
          '--size-gb': ['200'],
          '--sku': ['PremiumV2_LRS'],
          '--disk-iops-read-write': ['6000'],
          '--disk-mbps-read-write': ['263'],
        },
      ],
      [
        'create',
        {
          '--resource-group': [GROUP],
          '--name': ['web-data-1'],
          '--location': ['northeurope'],
          '--zone': ['1'],
          '--size-gb': ['500'],
          '--sku': ['Standard_LRS'],
        },
      ],
    ]);
    expect([create?.slice(0, 2), optionsOf(create ?? [])]).toEqual([
      ['vm', 'create'],
      {
        '--resource-group': [GROUP],
        '--name': ['web'],
        '--subnet': [GIVEN.subnetId],
        '--admin-username': ['azureuser'],
        '--ssh-key-values': ['key.pub'],
        '--public-ip-address': [''],
        '--nsg': [''],
        '--nic-delete-option': ['Delete'],
        '--image': [version?.id],
        '--location': ['northeurope'],
        '--size': ['Standard_D2s_v6'],
        '--zone': ['1'],
        '--security-type': ['TrustedLaunch'],
        '--enable-secure-boot': ['true'],
        '--enable-vtpm': ['true'],
        '--disk-controller-type': ['NVMe'],
        '--storage-sku': ['os=Premium_LRS'],
        '--data-disk-caching': ['0=None', '1=None'],
        '--os-disk-caching': ['ReadWrite'],
        '--accelerated-networking': ['true'],
        '--os-disk-delete-option': ['Delete'],
        '--attach-data-disks': ['web-data-0', 'web-data-1'],
      },
    ]);
  });
});

test('a scale set of Windows with an own licence and its OS disk on the host', async () => {
  const folder = folderOf('windows-2022');
  await inSandbox(folder, {}, async (run) => {
    const spec = scenarioSpec(folder, { licence: 'byos' });
    await walk(spec, run);
    const wish = { target: 'vmss', instanceType: 'm5d.xlarge', ephemeral: true } as const;
    const deployment = await deploymentOf({ spec }, wish, run.context);
    const { machine } = await deploy(run, writeDeployment(deployment, 'arm'), 'virtualMachineScaleSets');
    expect(machine).toMatchObject({
      sku: { name: 'Standard_D4ds_v5', capacity: 2 },
      zones: ['1', '2', '3'],
      properties: {
        provisioningState: 'Succeeded',
        orchestrationMode: 'Flexible',
        virtualMachineProfile: {
          licenseType: 'Windows_Server',
          storageProfile: { osDisk: { caching: 'ReadOnly', diffDiskSettings: { option: 'Local', placement: 'ResourceDisk' } } },
        },
      },
    });
    const refused = await deploymentOf({ spec }, { ...wish, instanceType: undefined, zones: ['4'] }, run.context).catch(
      (error: RegildError) => error,
    );
    expect(refused).toMatchObject({
      code: 'NOT_DEPLOYABLE',
      issues: [
        { code: 'DEPLOY_ZONES', message: 'nothing can be deployed in zone 4: Standard_D2s_v5 is offered in 1, 2, 3 of northeurope' },
        {
          code: 'DEPLOY_EPHEMERAL',
          message: 'the OS disk does not fit onto the host: Standard_D2s_v5 has no storage for one, the image holds 127 GiB',
        },
      ],
    });
  });
});

test('a copy in the production gallery is deployed from there, by the plan of the image that was tested', async () => {
  const folder = folderOf('golden');
  await inSandbox(folder, {}, async (run) => {
    const spec = scenarioSpec(folder, { production: { gallery: 'gal_production', regions: ['northeurope'] } });
    await walk(spec, run);
    const [copy] = inProduction(spec);
    expect(copy?.name).toBe('golden@production');
    if (copy === undefined) return;
    await promote(copy, run.context, { version: undefined, regions: undefined, dryRun: false });
    const [version] = await run.context.ports.gallery.versions(copy.target);
    const used = await deploymentOf({ spec: copy, planned: spec }, WISH, run.context);
    const tested = await deploymentOf({ spec }, WISH, run.context);
    expect(version?.id).toContain('/galleries/gal_production/');
    expect(used).toMatchObject({ issues: tested.issues, size: tested.size, version: { value: version?.id } });
  });
});

test('where no version is published nothing is planned for it: AWS is not asked at all', async () => {
  const folder = folderOf('debian-12');
  await inSandbox(folder, { record: true }, async ({ context, events, sandbox }) => {
    await expect(deploymentOf({ spec: scenarioSpec(folder) }, WISH, context)).rejects.toMatchObject({
      code: 'VERSION_NOT_FOUND',
      message: 'no version of debian-12 is published',
    });
    expect(events).toEqual([]);
    const asked = (sandbox.exchanges ?? []).map(({ liveRequest }) => new URL(liveRequest.url).pathname);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => path === '/' || path.includes('/publishers/'))).toEqual([]);
  });
});
