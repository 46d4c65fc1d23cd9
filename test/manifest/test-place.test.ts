import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { fleetOf, told } from './told.ts';

const web = (regions: string) =>
  fleetOf(`  web: { regions: [northeurope, West Europe, { name: uksouth }], test: { regions: ${regions} } }\n`);
const SUBNET =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s';

test.each([
  ['first', undefined],
  ['all', [{ name: 'westeurope' }, { name: 'uksouth' }]],
  ['[]', []],
  ['[UK South]', [{ name: 'uksouth' }]],
  ['[northeurope, westeurope]', [{ name: 'westeurope' }]],
  [`[{ name: uksouth, subnet: ${SUBNET}, vmSize: Standard_D4s_v5 }]`, [{ name: 'uksouth', subnet: SUBNET, vmSize: 'Standard_D4s_v5' }]],
])('%s: the regions beside the one of the target', (written, regions) => {
  const { specs, issues } = parseManifest(web(written), 'images.yaml', {});
  expect([issues, specs[0]?.test.regions]).toEqual([[], regions]);
});

test('a region that the image does not get, one that stands there twice, and a machine for the region of the target are told at once', () => {
  expect(told(web('[francecentral, uksouth, UK South, { name: northeurope, vmSize: Standard_D4s_v5 }]'))).toEqual([
    '6:84 VALUE_INVALID [web] test.regions[0] names "francecentral", which is not among the regions of the image | add it to `regions`, or take it out; the regions are northeurope, westeurope, uksouth',
    '6:108 REGION_DUPLICATE [web] region "uksouth" is listed twice | keep one of them',
    '6:118 VALUE_INVALID [web] test.regions[3] gives "northeurope", where the image is built, a machine of its own | all test VMs of the target stand there: set `test.subnet` and `test.vmSize`',
  ]);
});

test('a login over the network needs a subnet that is reached', () => {
  expect(told(fleetOf('  web: { test: { login: network } }\n'))).toEqual([
    '6:25 KEY_MISSING [web] test.login is network, and test.subnet is missing | set `test.subnet` to one that is reached from where regild runs, or take `login` out: no public address is made',
  ]);
  expect(told(fleetOf(`  web: { test: { login: network, subnet: ${SUBNET} } }\n`))).toEqual([]);
});

test('an image of one region has no other to name', () => {
  expect(told(fleetOf('  web: { test: { regions: [uksouth] } }\n'))).toEqual([
    '6:28 VALUE_INVALID [web] test.regions[0] names "uksouth", which is not among the regions of the image | add it to `regions`, or take it out; the regions are northeurope',
  ]);
});
