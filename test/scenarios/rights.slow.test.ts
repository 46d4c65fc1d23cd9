import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFleet } from '../../src/fleet.ts';
import { DUTIES, type Duty, RIGHT_CASES, RIGHTS, type Right } from '../../src/model/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { FLOWS, neededBy } from './rights.ts';
import { inSandbox, SCENARIO_TIME, scenarioSpec, walk } from './walk.ts';

const PAGE = join(import.meta.dirname, '../../docs/reference/permissions.md');
const FOLDER = join(import.meta.dirname, 'golden');

/** What a duty needs of regild's own requests in the walks that are recorded; those who tend versions and those who build also plan. */
function always(duty: Duty): readonly Right[] {
  const duties: readonly Duty[] = duty === 'published' ? ['plan', 'published'] : [duty];
  return RIGHTS.filter(
    (right) =>
      (right.only ?? 'test-network') === 'test-network' && right.by === undefined && right.duties.some((one) => duties.includes(one)),
  );
}

/** What programs ask for that regild starts: preflight asks about it, and the sandbox starts none. */
function ofPrograms(duty: Duty): readonly Right[] {
  return RIGHTS.filter(({ by, duties }) => by !== undefined && duties.includes(duty));
}

function actionsOn(rights: readonly Right[], ...places: readonly Right['on'][]): readonly string[] {
  return [...new Set(rights.filter(({ on }) => places.includes(on)).map(({ action }) => action))].toSorted();
}

test.each(DUTIES)('%s works with exactly the documented rights, and asks for each of them', async (duty) => {
  // Its clock runs ahead of the program's by hours, and Azure takes only an end of life to come.
  const start = new Date(SCENARIO_TIME.getTime() - 7 * 86_400_000);
  await inSandbox(FOLDER, { record: true, start }, async (run) => {
    await FLOWS[duty].before?.(run);
    const before = run.sandbox.exchanges.length;
    run.sandbox.change({ kind: 'rights-given', actions: [...always(duty), ...ofPrograms(duty)].map(({ action }) => action) });
    expect(await FLOWS[duty].act(run)).toEqual([]);
    const { group, subscription } = neededBy(run.sandbox.exchanges.slice(before), 'rg-images');
    // What the plan of a published image reads was read for its build, and is remembered.
    const remembered = duty === 'published' ? always('plan') : [];
    // The build identity of the scenario lies in the group of the gallery.
    const places = [
      [group, ['group', 'identity']],
      [subscription, ['subscription']],
    ] as const;
    for (const [asked, where] of places) {
      expect([...new Set([...asked, ...actionsOn(remembered, ...where)])].toSorted()).toEqual(actionsOn(always(duty), ...where));
    }
  });
});

test.each([
  ['plan', 'Microsoft.Compute/skus/read'],
  ['image-builder', 'Microsoft.Compute/galleries/images/versions/write'],
  ['image-builder', 'Microsoft.VirtualMachineImages/imageTemplates/run/action'],
  ['image-builder', 'Microsoft.Compute/virtualMachines/runCommand/action'],
  ['packer', 'Microsoft.Resources/subscriptions/resourceGroups/write'],
] as const)('%s without %s says so by its name', async (duty, missing) => {
  await inSandbox(FOLDER, {}, async (run) => {
    run.sandbox.change({
      kind: 'rights-given',
      actions: [...always(duty), ...ofPrograms(duty)].flatMap(({ action }) => (action === missing ? [] : [action])),
    });
    const said = await FLOWS[duty].act(run);
    expect(said.length).toBeGreaterThan(0);
    expect(said.join('\n')).toContain(missing);
  });
});

test('a gallery is shared with exactly the rights that are documented for it', async () => {
  await inSandbox(FOLDER, { record: true }, async ({ sandbox, context }) => {
    const { gallery } = context.ports;
    const ref = { ...scenarioSpec(FOLDER).target };
    const wanted = { readers: [sandbox.clientId], subscriptions: [sandbox.subscription], tenants: [] };
    await gallery.ensureGallery(ref, 'westeurope', {}, { sharing: wanted });
    const before = sandbox.exchanges.length;
    const rights = RIGHTS.filter(({ only }) => only === 'sharing');
    sandbox.change({ kind: 'rights-given', actions: rights.map(({ action }) => action) });
    await gallery.settings(ref);
    await gallery.readers(ref);
    await gallery.share(ref, { kind: 'add', ...wanted });
    await gallery.share(ref, { kind: 'grant', principal: sandbox.clientId });
    await gallery.share(ref, { kind: 'withdraw', principal: sandbox.clientId });
    expect(neededBy(sandbox.exchanges.slice(before), 'rg-images').group).toEqual(actionsOn(rights, 'group'));
  });
});

test.each(['image-builder', 'packer'] as const)(
  '%s works in subnets of the user with exactly the rights that are documented for them',
  async (duty) => {
    await inSandbox(FOLDER, { record: true }, async (run) => {
      const group = `/subscriptions/${run.sandbox.subscription}/resourceGroups/rg-net`;
      const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;
      const arm = await (await connectedTo(run.sandbox)).connection.arm();
      const subnets = [{ name: 'vms', properties: { addressPrefix: '10.0.0.0/24', privateLinkServiceNetworkPolicies: 'Disabled' } }];
      await arm.put(group, '2022-09-01', { location: 'northeurope' });
      await arm.put(network, '2023-09-01', {
        location: 'northeurope',
        properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets },
      });
      const { build, test: tested } = scenarioSpec(FOLDER);
      const subnet = `${network}/subnets/vms`;
      const spec = scenarioSpec(FOLDER, { engine: duty, build: { ...build, subnet }, test: { ...tested, subnet } });
      const rights = [
        ...always(duty).filter(({ only }) => only === undefined),
        ...RIGHTS.filter(({ on }) => on === 'subnet'),
        ...ofPrograms(duty),
      ];
      run.sandbox.change({ kind: 'rights-given', actions: rights.map(({ action }) => action) });
      const before = run.sandbox.exchanges.length;
      const { issues } = await walk(spec, run);
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
      const ofDuty = rights.filter(({ duties }) => duties.includes(duty));
      expect(neededBy(run.sandbox.exchanges.slice(before), 'rg-net').group).toEqual(actionsOn(ofDuty, 'subnet'));
    });
  },
);

test('the group of a production gallery is asked about when the image is planned', async () => {
  await inSandbox(FOLDER, {}, async ({ context }) => {
    const spec = scenarioSpec(FOLDER, { production: { gallery: 'gal_prod', resourceGroup: 'rg-prod', automatic: true } });
    const [report] = await runFleet([spec], context, { until: 'plan', resume: false, force: true, concurrency: 1 });
    expect(
      report?.issues.filter(({ code }) => code === 'PREFLIGHT_RESOURCE_GROUP').map(({ severity, message }) => `${severity} ${message}`),
    ).toEqual([`error the resource group rg-prod of \`production\` does not exist in subscription ${spec.target.subscription}`]);
  });
});

test('docs/reference/permissions.md lists the rights (vitest --update writes it)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const title = { plan: 'plan', 'image-builder': 'Image Builder', packer: 'Packer', published: 'published', sweep: 'sweep' } as const;
  const head = ['action', 'on', ...DUTIES.map((duty) => title[duty]), 'for'];
  const mark = ({ duties }: Right, duty: Duty) => (duties.includes(duty) ? '×' : '');
  const purpose = ({ purpose: what, only, by }: Right) =>
    `${by === undefined ? '' : `${by}: `}${what}${only === undefined ? '' : `; only: ${RIGHT_CASES[only]}`}`;
  const rows = RIGHTS.map((right) => [`\`${right.action}\``, right.on, ...DUTIES.map((duty) => mark(right, duty)), purpose(right)]);
  const table = [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |').replaceAll('|  |', '| |'))
    .join('\n');
  const changed = page.replace(/\| action \| on \|[\s\S]*?\n\n/, () => `${table}\n\n`);
  expect(changed).toContain(table);
  await expect(changed).toMatchFileSnapshot(PAGE);
});
