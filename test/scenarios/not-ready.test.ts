import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFleet } from '../../src/fleet.ts';
import { inSandbox, type ScenarioRun, scenarioSpec } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'debian-12');
const GROUP = '/subscriptions/5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f/resourceGroups';
const SUBNET = `${GROUP}/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-build`;
const IDENTITY = `${GROUP}/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-nobody`;

/** What a plan says of an image: its outcome, and every error. */
async function planned({ context }: ScenarioRun, change: Readonly<Record<string, unknown>>) {
  const [report] = await runFleet([scenarioSpec(FOLDER, change)], context, { until: 'plan', resume: false, force: true, concurrency: 1 });
  return [
    report?.outcome,
    ...(report?.issues ?? []).flatMap(({ severity, code, message }) => (severity === 'error' ? [`${code}: ${message}`] : [])),
  ];
}

test.each([
  ['a subnet for the build', { build: { subnet: SUBNET } }, `PREFLIGHT_SUBNET: build.subnet ${SUBNET} does not exist`],
  [
    'a subnet for the build with Packer',
    { engine: 'packer', build: { subnet: SUBNET } },
    `PREFLIGHT_SUBNET: build.subnet ${SUBNET} does not exist`,
  ],
  ['a subnet for the test', { test: { subnet: SUBNET } }, `PREFLIGHT_SUBNET: test.subnet ${SUBNET} does not exist`],
  ['an identity', { build: { identity: IDENTITY } }, `PREFLIGHT_IDENTITY: the identity ${IDENTITY} of build.identity does not exist`],
])('%s that does not exist is no plan that is ready', async (_name, change, said) => {
  await inSandbox(FOLDER, {}, async (run) => {
    expect(await planned(run, change)).toEqual(['blocked', said]);
  });
});

test('a policy that wants a tag is told with every resource that lacks it; with the tag of the user the plan is ready', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    run.sandbox.change({ kind: 'policies-assigned', policies: [{ name: 'Require CostCenter', requiredTag: 'CostCenter' }] });
    const [outcome, ...errors] = await planned(run, {});
    expect(outcome).toBe('blocked');
    expect(errors).toEqual([
      "PREFLIGHT_POLICY: the policy Require CostCenter denies the gallery version, the claim of the build, the image template, Image Builder's staging group, Image Builder's " +
        "storage account, Image Builder's container group, Image Builder's network, Image Builder's build VM, the temporary resource group, the test VM, the test network: it " +
        'wants tags.CostCenter',
    ]);
    expect(await planned(run, { tags: { CostCenter: '4711' } })).toEqual(['ready']);
  });
});
