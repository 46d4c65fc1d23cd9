import { afterEach, beforeEach, expect, it } from 'vitest';
import { handleArm } from '../../../src/sandbox/azure/arm.ts';
import { createWorld } from '../../../src/sandbox/azure/create-world.ts';
import { listAt, textAt } from '../../../src/sandbox/azure/json-path.ts';
import { azureRoutes } from '../../../src/sandbox/azure/providers/index.ts';
import { signToken } from '../../../src/sandbox/azure/token.ts';
import { VirtualClock } from '../../../src/sandbox/clock.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';
import { computeFor } from './clients.ts';
import { VM_TEMPLATE } from './deployment-fixture.ts';
import { createDefinition, createGallery, DEFINITION, fromVhd, GALLERY, GROUP } from './gallery-fixture.ts';
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

function stateOf(body: unknown) {
  return textAt(body, 'properties', 'provisioningState');
}

async function state() {
  return stateOf((await ask(sandbox, 'GET', `${DEPLOYMENT}?${VERSION}`)).body);
}

it('waits for a version that is copied to another region', async () => {
  const compute = computeFor(sandbox);
  await createGallery(compute);
  await createDefinition(compute);
  const version = fromVhd({ name: 'northeurope' });
  const resource = {
    type: 'Microsoft.Compute/galleries/images/versions',
    apiVersion: '2024-03-03',
    name: `${GALLERY}/${DEFINITION}/1.0.0`,
    location: version.location,
    properties: { publishingProfile: version.publishingProfile, storageProfile: version.storageProfile },
  };
  expect((await put(bodyOf({ resources: [resource] }, {}))).status).toBe(201);
  sandbox.clock.advance(300);
  expect([await state(), ...(await operations())]).toEqual([
    'Running',
    `Microsoft.Compute/galleries/images/versions ${GALLERY}/${DEFINITION}/1.0.0 Running`,
  ]);
  sandbox.clock.advance(6 * 3600);
  expect([await state(), ...(await operations())]).toEqual([
    'Succeeded',
    `Microsoft.Compute/galleries/images/versions ${GALLERY}/${DEFINITION}/1.0.0 Succeeded`,
  ]);
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

/** Asks ARM in this process, so that time passes as `clock` says and not because somebody asks. */
function armAt(clock: VirtualClock) {
  const world = createWorld({ clock, signingKey: Buffer.from('key'), versions: 'strict', machine: () => 0 });
  const authorization = `Bearer ${signToken({}, world.signingKey)}`;
  return (method: string, text = '', path = DEPLOYMENT) =>
    handleArm(
      azureRoutes(),
      {
        method,
        origin: 'https://127.0.0.1',
        path: `/subscriptions/${world.subscription}/${path}`,
        query: new URLSearchParams(VERSION),
        headers: { authorization },
        text,
      },
      {},
      world,
    );
}

it('a slow machine does not age a deployment: it ends when its last resource has ended', () => {
  // Each look at the machine's clock costs 40 ms, which are 800 virtual seconds.
  let machine = 0;
  const answer = armAt(new VirtualClock({ kind: 'real', speed: 20_000 }, new Date('2026-11-21T08:00:00Z'), () => (machine += 40)));
  expect(answer('PUT', JSON.stringify(bodyOf())).status).toBe(201);
  machine += 60_000;
  expect(answer('GET').body).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
});

it('goes on for as long as its last resource is worked on, which is no failure', () => {
  const clock = new VirtualClock({ kind: 'real', speed: 1 }, new Date('2026-11-21T08:00:00Z'), () => 0);
  const answer = armAt(clock);
  const states = () => [
    stateOf(answer('GET').body),
    ...listAt(answer('GET', '', `resourceGroups/${GROUP}/deployments/pkrdp/operations`).body, 'value').map(stateOf),
  ];
  answer('PUT', JSON.stringify(bodyOf()));
  clock.advance(79);
  expect(states()).toEqual(['Running', 'Succeeded', 'Succeeded', 'Running']);
  clock.advance(1);
  expect(states()).toEqual(['Succeeded', 'Succeeded', 'Succeeded', 'Succeeded']);
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
