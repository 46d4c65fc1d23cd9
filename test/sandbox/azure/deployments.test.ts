import { afterEach, beforeEach, expect, it } from 'vitest';
import { handleArm } from '../../../src/sandbox/azure/arm.ts';
import { createWorld } from '../../../src/sandbox/azure/create-world.ts';
import { azureRoutes } from '../../../src/sandbox/azure/providers/index.ts';
import { signToken } from '../../../src/sandbox/azure/token.ts';
import { VirtualClock } from '../../../src/sandbox/clock.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';
import { computeFor } from './clients.ts';
import { VM_TEMPLATE } from './deployment-fixture.ts';
import { GROUP } from './gallery-fixture.ts';
import { askNetwork } from './network-fixture.ts';

const DEPLOYMENT = `resourceGroups/${GROUP}/providers/Microsoft.Resources/deployments/pkrdp`;
const VERSION = 'api-version=2022-09-01';
const PARAMETERS = { vmName: { value: 'pkrvm' }, adminPassword: { value: 'never-Shown-1' }, commandToExecute: { value: '' } };

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T08:00:00Z') });
});
afterEach(() => sandbox.close());

function bodyOf(template: unknown = VM_TEMPLATE, parameters: object = PARAMETERS) {
  return { properties: { mode: 'Incremental', template, parameters } };
}

function put(body: unknown = bodyOf()) {
  return ask(sandbox, 'PUT', `${DEPLOYMENT}?${VERSION}`, { body });
}

async function operations() {
  const { body } = await ask(sandbox, 'GET', `resourcegroups/${GROUP}/deployments/pkrdp/operations?${VERSION}`);
  const { value } = body as {
    value: { properties: { provisioningState: string; targetResource: { resourceType: string; resourceName: string } } }[];
  };
  return value.map(
    ({ properties: { provisioningState, targetResource } }) =>
      `${targetResource.resourceType} ${targetResource.resourceName} ${provisioningState}`,
  );
}

it('makes the resources of a template in the order of their dependencies, and hides secrets', async () => {
  expect((await ask(sandbox, 'POST', `${DEPLOYMENT}/validate?${VERSION}`, { body: bodyOf() })).status).toBe(200);
  const created = await put();
  expect([created.status, JSON.stringify(created.body)]).toEqual([201, expect.not.stringContaining('never-Shown-1')]);
  sandbox.clock.advance(600);
  const { body } = await ask(sandbox, 'GET', `${DEPLOYMENT}?${VERSION}`);
  expect(body).toMatchObject({ properties: { provisioningState: 'Succeeded', parameters: { adminPassword: { type: 'securestring' } } } });
  expect(await operations()).toEqual([
    'Microsoft.Network/virtualNetworks vnet-pkrvm Succeeded',
    'Microsoft.Network/networkInterfaces nic Succeeded',
    'Microsoft.Compute/virtualMachines pkrvm Succeeded',
  ]);
  const vm = await computeFor(sandbox).virtualMachines.get(GROUP, 'pkrvm');
  expect([vm.hardwareProfile?.vmSize, vm.storageProfile?.osDisk?.name, vm.osProfile?.adminPassword]).toEqual([
    'Standard_D2s_v5',
    'osdisk',
    undefined,
  ]);
  expect((await askNetwork(sandbox, 'GET', 'virtualNetworks/vnet-pkrvm')).body).toMatchObject({ tags: { note: '[literal]' } });
});

it('tells which resource failed, and leaves what was made', async () => {
  await put(bodyOf(VM_TEMPLATE, { ...PARAMETERS, vmSize: { value: 'Standard_D2ps_v6' } }));
  sandbox.clock.advance(600);
  const { body } = await ask(sandbox, 'GET', `${DEPLOYMENT}?${VERSION}`);
  expect(body).toMatchObject({
    properties: {
      provisioningState: 'Failed',
      error: { code: 'DeploymentFailed', details: [{ code: 'BadRequest', message: expect.stringContaining('Arm64') }] },
    },
  });
  expect((await operations()).at(-1)).toBe('Microsoft.Compute/virtualMachines pkrvm Failed');
  expect((await askNetwork(sandbox, 'GET', 'networkInterfaces/nic')).status).toBe(200);
});

it('is deleted without its resources', async () => {
  await put();
  sandbox.clock.advance(600);
  expect((await ask(sandbox, 'DELETE', `${DEPLOYMENT}?${VERSION}`)).status).toBe(202);
  expect((await ask(sandbox, 'GET', `${DEPLOYMENT}?${VERSION}`)).status).toBe(404);
  expect((await computeFor(sandbox).virtualMachines.get(GROUP, 'pkrvm')).provisioningState).toBe('Succeeded');
});

const broken = (location: string) => ({ ...VM_TEMPLATE, resources: [{ ...VM_TEMPLATE.resources[3], location }] });

it.each<[string, unknown, object, string]>([
  ['a parameter without a value', VM_TEMPLATE, {}, '400 InvalidTemplate'],
  ['a function that does not exist', broken("[magic('x')]"), PARAMETERS, '400 InvalidTemplate'],
  ['an expression that does not end', broken("[concat('x'"), PARAMETERS, '201 '],
  ['an expression with a stray comma', broken("[concat(,'x')]"), PARAMETERS, '400 InvalidTemplate'],
  ['a variable that does not exist', broken("[variables('nothing')]"), PARAMETERS, '400 InvalidTemplate'],
])('judges %s', async (_, template, parameters, expected) => {
  expect(refusal(await put(bodyOf(template, parameters)))).toBe(expected);
});

it('validates with 400 and the error in the body', async () => {
  const answer = await ask(sandbox, 'POST', `${DEPLOYMENT}/validate?${VERSION}`, { body: bodyOf(VM_TEMPLATE, {}) });
  expect(refusal(answer)).toBe('400 InvalidTemplate');
});

it('a slow machine does not age a deployment: it ends when its last resource has ended', () => {
  // Each look at the machine's clock costs 40 ms, which are 800 virtual seconds.
  let machine = 0;
  const clock = new VirtualClock({ kind: 'real', speed: 20_000 }, new Date('2026-11-21T08:00:00Z'), () => (machine += 40));
  const world = createWorld({ clock, signingKey: Buffer.from('key'), versions: 'strict', machine: () => 0 });
  const authorization = `Bearer ${signToken({}, world.signingKey)}`;
  const answer = (method: string, text = '') =>
    handleArm(
      azureRoutes(),
      {
        method,
        origin: 'https://127.0.0.1',
        path: `/subscriptions/${world.subscription}/${DEPLOYMENT}`,
        query: new URLSearchParams(VERSION),
        headers: { authorization },
        text,
      },
      {},
      world,
    );
  expect(answer('PUT', JSON.stringify(bodyOf())).status).toBe(201);
  machine += 60_000;
  expect(answer('GET').body).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
});

it('mode in any case, and the function format', async () => {
  const template = {
    resources: [
      {
        type: 'Microsoft.Network/publicIPAddresses',
        apiVersion: '2023-09-01',
        name: "[format('{0}-{1}{{x}}', 'ip', 7)]",
        location: 'uksouth',
        properties: {},
      },
    ],
  };
  const { status } = await put({ properties: { mode: 'incremental', template, parameters: {} } });
  sandbox.clock.advance(600);
  const { body } = await askNetwork(sandbox, 'GET', 'publicIPAddresses/ip-7%7Bx%7D');
  expect([status, body]).toEqual([201, expect.objectContaining({ name: 'ip-7{x}' })]);
});
