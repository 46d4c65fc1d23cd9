import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { explainMapping, mapSubject } from '../../src/map/index.ts';
import { renderTree } from '../../src/report/tree.ts';

const CATALOG = await loadCatalog();
const told = (subject: string) => renderTree(explainMapping(mapSubject(subject, CATALOG))).split('\n');

test.each([
  ['eu-west-1', 'region'],
  ['us-gov-west-1', 'region'],
  ['m5.xlarge', 'instance'],
  ['gp3', 'volume'],
  ['root:gp3:30', 'volume'],
  ['gp9:100', 'volume'],
  ['instance-store', 'volume'],
  ['nonsense', 'instance'],
])('%s is asked about as a %s', (subject, kind) => {
  expect(mapSubject(subject, CATALOG).kind).toBe(kind);
});

test.each(['gp3:$(id):3000', 'gp3:0', 'gp3:100:0', 'root:gp3:-5', ':'])('%s is no volume, and is told how one is written', (subject) => {
  expect(told(subject)).toEqual([
    `${subject} → unknown`,
    `├─ '${subject}' is not written as a volume`,
    '└─ what would settle it: write type:GiB:IOPS:MiB/s in whole numbers above 0, for example gp3:100:3000:125; `root:` in front for the root volume',
  ]);
});

test('a region', () => {
  expect(told('us-gov-west-1')).toEqual([
    'us-gov-west-1 (AWS GovCloud, US West) → usgovarizona (medium confidence)',
    '├─ Azure Government: accounts, endpoints and a smaller Marketplace of its own',
    '├─ us-government cloud: not reachable from a public account',
    '└─ or usgovvirginia: Virginia',
  ]);
});

test('an instance type', () => {
  expect(told('t4g.micro')).toEqual([
    't4g.micro → Standard_B2pts_v2 (high confidence)',
    '├─ burstable general purpose: 2 vCPUs, 1 GiB, arm64',
    '└─ Standard_B2pts_v2: 2 vCPUs, 1 GiB, Bpsv2 series (71 points)',
    '   ├─ +20 arm64, as the instance',
    '   ├─ +20 the same 2 vCPUs',
    '   ├─ +15 1 GiB of memory, the instance has 1',
    '   ├─ +15 earns CPU credits, as the instance does',
    '   ├─ -1 boots generation V2 images only',
    '   ├─ -2 has no Trusted Launch',
    '   └─ +4 version 2 of its series',
  ]);
  expect(told('m5.metal')[0]).toBe('m5.metal → a Dedicated Host, filled by Standard_D96s_v6 (medium confidence)');
  expect(told('mac2.metal')[0]).toBe('mac2.metal → nothing on Azure');
});

test('a volume', () => {
  expect(told('root:io2:300:256000')).toEqual([
    'root:io2:300:256000 → os disk: Premium SSD, 300 GiB',
    '├─ Provisioned IOPS SSD (io2) would be Ultra Disk, which is no OS disk',
    '├─ warning: no single disk does 256,000 IOPS and 4,195 MB/s: put what needs it on a data disk (Premium SSD does 20,000 IOPS and 900 MB/s at most)',
    '└─ note: the size decides the performance; a higher performance tier can be set without a larger disk',
  ]);
  expect(told('instance-store')[0]).toBe('instance-store → the local disk of the VM');
});

test('the unknown, with what would settle it; hostile text cannot leave its line', () => {
  expect(told('m5\n\u001b[31mevil')).toEqual([
    expect.not.stringContaining('\u001b'),
    expect.stringContaining('is not the name of an EC2 instance type'),
    '└─ what would settle it: names look like m5.xlarge',
  ]);
});

test('why c is not F', () => {
  expect(told('c5.large')[2]).toBe(
    '├─ the guide names the F series: Fsv2 retires on 2028-11-15, and those after it are AMD; with the same 2 GiB for each vCPU an Intel type becomes Dls, an Arm type Dpls',
  );
});
