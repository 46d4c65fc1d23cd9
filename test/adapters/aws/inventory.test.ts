import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInventory } from '../../../src/adapters/aws/inventory.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { NOW } from '../../fakes/context.ts';

const WEB = 'ami-064b0f5e3937918bf';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ start: NOW });
});
afterAll(() => sandbox.close());

function connected() {
  const requests: string[] = [];
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const options = { endpoint: sandbox.endpoints.ec2, ca: sandbox.caPem, credentials, maxAttempts: 1 };
  return { inventory: createInventory({ ...options, onRequest: (name) => void requests.push(name) }), requests };
}

test("an account's AMIs, deprecated ones included, in one call", async () => {
  const { inventory, requests } = connected();
  const own = await inventory.listAmis(['self'], 'eu-west-1');
  expect(own.map(({ name }) => name)).toEqual([
    'web-golden-2026-10-01',
    'api-golden-arm64',
    'win-golden-2026-10-20',
    'rhel-golden-2026-09-01',
    '${env("PATH")}"; rm -rf / #',
    'billing-appliance-final2',
  ]);
  const amazon = await inventory.listAmis(['137112412989'], 'us-east-1');
  expect(amazon.map(({ name }) => name)).toContain('amzn-ami-pv-2018.03.0.20181129-x86_64-ebs');
  expect(requests).toEqual(['DescribeImagesCommand', 'DescribeImagesCommand']);
});

test('instances that live, by the AMI they were launched from', async () => {
  const found = await connected().inventory.instances([WEB, WEB], 'eu-west-1');
  expect(found.map(({ id, type }) => `${id} ${type}`)).toEqual([
    'i-0a11c0de000000001 m6i.large',
    'i-0a11c0de000000002 m6i.large',
    'i-0a11c0de000000003 m6i.large',
    'i-0a11c0de000000004 m6i.large',
    'i-0a11c0de000000005 m6i.xlarge',
  ]);
});

test('two hundred AMIs are looked up in a call, none without one', async () => {
  const { inventory, requests } = connected();
  const ids = Array.from({ length: 999 }, (_, index) => `ami-${index.toString(16).padStart(17, '0')}`);
  expect(await inventory.instances([...ids, WEB], 'eu-west-1')).toHaveLength(5);
  expect(requests).toHaveLength(5);
  expect(await inventory.instances([], 'eu-west-1')).toEqual([]);
  expect(requests).toHaveLength(5);
});

test('default and latest version of each launch template, in one call', async () => {
  const { inventory, requests } = connected();
  expect(await inventory.launchTemplates('eu-west-1')).toEqual([
    { template: 'web', image: WEB },
    { template: 'api-arm', image: 'ami-0e31061011ea178ca' },
    { template: 'api-arm', image: 'ami-054212a30560338a6' },
    { template: 'bastion', image: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64' },
  ]);
  expect(requests).toEqual(['DescribeLaunchTemplateVersionsCommand']);
  expect(await inventory.launchTemplates('us-east-1')).toEqual([]);
});

test.each([
  [
    'DescribeInstances',
    'ec2:DescribeInstances',
    (inventory: ReturnType<typeof createInventory>) => inventory.instances([WEB], 'eu-west-1'),
  ],
  [
    'DescribeLaunchTemplateVersions',
    'ec2:DescribeLaunchTemplateVersions',
    (inventory: ReturnType<typeof createInventory>) => inventory.launchTemplates('eu-west-1'),
  ],
  ['DescribeImages', 'ec2:DescribeImages', (inventory: ReturnType<typeof createInventory>) => inventory.listAmis(['self'], 'eu-west-1')],
])('%s denied names the right to ask for', async (action, right, ask) => {
  sandbox.faults.add({
    match: { body: `Action=${action}&` },
    effect: { kind: 'respond', status: 403, code: 'UnauthorizedOperation', message: 'You are not authorized.' },
  });
  await expect(ask(connected().inventory)).rejects.toMatchObject({ code: 'CLOUD_DENIED', hint: expect.stringContaining(right) });
});

test('an owner that is no account', async () => {
  await expect(connected().inventory.listAmis(['nobody'], 'eu-west-1')).rejects.toMatchObject({ code: 'CLOUD_FAILED' });
});
