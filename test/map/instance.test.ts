import { _InstanceType } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { mapInstance } from '../../src/map/index.ts';
import { readShape } from '../../src/map/instance-shape.ts';
import { parseInstanceType, vcpusOfSize } from '../../src/map/instance-type.ts';
import { parseVmSizeName } from '../../src/model/index.ts';

const CATALOG = await loadCatalog();

describe('names of instance types', () => {
  test.each([
    ['m5.xlarge', 'm', '', 'xlarge', false],
    ['m6idn.metal', 'm', 'idn', 'metal', true],
    ['c7i-flex.large', 'c', 'i', 'large', false],
    ['im4gn.16xlarge', 'im', 'gn', '16xlarge', false],
    ['x2iedn.xlarge', 'x', 'iedn', 'xlarge', false],
    ['u-6tb1.112xlarge', 'u', '', '112xlarge', false],
    ['u7in-24tb.224xlarge', 'u', 'in', '224xlarge', false],
    ['p6-b200.48xlarge', 'p', '', '48xlarge', false],
    ['hpc7a.96xlarge', 'hpc', 'a', '96xlarge', false],
    ['mac-m4pro.metal', 'mac', '', 'metal', true],
    ['i7ie.metal-24xl', 'i', 'ie', 'metal-24xl', true],
  ])('%s', (type, name, letters, size, metal) => {
    expect(parseInstanceType(type)).toEqual({ type, family: type.split('.')[0], class: name, letters, size, metal });
  });

  test.each(['m5', 'm5.', '.large', 'm5.huge', 'm5.large.', 'M5.large', 'db.m5.large', 'm5.large; rm -rf /', 'Standard_D2s_v5', ''])(
    '%j is none',
    (text) => {
      expect(parseInstanceType(text)).toBeUndefined();
    },
  );

  test.each([
    ['medium', 1],
    ['large', 2],
    ['xlarge', 4],
    ['24xlarge', 96],
    ['metal-48xl', 192],
    ['nano', undefined],
    ['metal', undefined],
  ])('%s stands for %s vCPUs', (size, vcpus) => {
    expect(vcpusOfSize(size)).toBe(vcpus);
  });
});

describe('names of Azure sizes', () => {
  const plain = { accelerator: undefined, architecture: 'x64' };
  test.each([
    ['Standard_D8ps_v6', { ...plain, family: 'D', vcpus: 8, features: 'ps', version: 6, architecture: 'arm64' }],
    ['standard_e96ias_V5', { ...plain, family: 'E', vcpus: 96, features: 'ias', version: 5 }],
    ['Standard_NC40ads_H100_v5', { ...plain, family: 'NC', vcpus: 40, features: 'ads', version: 5, accelerator: 'H100' }],
    ['Standard_M96s_2_v3', { ...plain, family: 'M', vcpus: 96, features: 's', version: 3 }],
    ['Standard_E32-8s_v6', { ...plain, family: 'E', vcpus: 32, features: 's', version: 6 }],
    ['Standard_NP10s', { ...plain, family: 'NP', vcpus: 10, features: 's', version: 1 }],
  ])('%s', (name, parts) => {
    expect(parseVmSizeName(name)).toEqual(parts);
  });

  test.each(['D2s_v5', 'Standard_', 'Standard_D2s_v5; rm', 'm5.large'])('%j is none', (name) => {
    expect(parseVmSizeName(name)).toBeUndefined();
  });
});

test.each([
  ['t2.micro', 1, 1, 'x64', 'intel', false],
  ['t4g.nano', 2, 0.5, 'arm64', 'arm', false],
  ['c4.8xlarge', 36, 60, 'x64', 'intel', false],
  ['c5ad.24xlarge', 96, 192, 'x64', 'amd', true],
  ['a1.4xlarge', 16, 32, 'arm64', 'arm', false],
  ['r4.16xlarge', 64, 488, 'x64', 'intel', false],
  ['i3.large', 2, 15.25, 'x64', 'intel', true],
  ['is4gen.8xlarge', 32, 192, 'arm64', 'arm', true],
  ['hpc7a.12xlarge', 24, 768, 'x64', 'amd', false],
  ['m7i.metal-24xl', 96, 384, 'x64', 'intel', false],
])('%s has %s vCPUs, %s GiB, %s', (type, vcpus, memoryGiB, architecture, cpu, localDisk) => {
  expect(readShape(type, CATALOG)).toMatchObject({
    kind: 'shape',
    shape: { vcpus, memoryGiB, architecture, cpu, localDisk, known: 'catalog' },
  });
});

test('a mapping with every candidate, reason and point', () => {
  expect(mapInstance('t3a.large', CATALOG)).toEqual({
    kind: 'sizes',
    type: 't3a.large',
    shape: {
      type: 't3a.large',
      vcpus: 2,
      memoryGiB: 8,
      architecture: 'x64',
      cpu: 'amd',
      localDisk: false,
      metal: false,
      accelerator: undefined,
      letters: 'a',
      known: 'catalog',
    },
    confidence: 'high',
    reasons: ['burstable general purpose: 2 vCPUs, 8 GiB, x64'],
    candidates: [
      {
        name: 'Standard_B2as_v2',
        series: 'Basv2',
        purpose: 'burstable',
        vcpus: 2,
        memoryGiB: 8,
        score: 80,
        reasons: [
          { code: 'ARCHITECTURE', text: 'x64, as the instance', points: 20 },
          { code: 'SAME_VCPUS', text: 'the same 2 vCPUs', points: 20 },
          { code: 'SAME_MEMORY', text: '8 GiB of memory, the instance has 8', points: 15 },
          { code: 'SAME_CPU', text: 'AMD, as the instance', points: 6 },
          { code: 'BURST', text: 'earns CPU credits, as the instance does', points: 15 },
          { code: 'VERSION', text: 'version 2 of its series', points: 4 },
        ],
        notes: [],
      },
      {
        name: 'Standard_B2s_v2',
        series: 'Bsv2',
        purpose: 'burstable',
        vcpus: 2,
        memoryGiB: 8,
        score: 72,
        reasons: [
          { code: 'ARCHITECTURE', text: 'x64, as the instance', points: 20 },
          { code: 'SAME_VCPUS', text: 'the same 2 vCPUs', points: 20 },
          { code: 'SAME_MEMORY', text: '8 GiB of memory, the instance has 8', points: 15 },
          { code: 'OTHER_CPU', text: 'Intel instead of AMD: the same instruction set, another maker', points: -2 },
          { code: 'BURST', text: 'earns CPU credits, as the instance does', points: 15 },
          { code: 'VERSION', text: 'version 2 of its series', points: 4 },
        ],
        notes: [],
      },
    ],
  });
});

test.each([
  ['m5.xlarge', 'Standard_D4s_v6', 'high'],
  ['m5d.xlarge', 'Standard_D4ds_v6', 'high'],
  ['m6a.large', 'Standard_D2as_v7', 'high'],
  ['m6g.2xlarge', 'Standard_D8ps_v6', 'high'],
  ['m7gd.16xlarge', 'Standard_D64pds_v6', 'high'],
  ['m6g.medium', 'Standard_D2ps_v6', 'medium'],
  ['c5.2xlarge', 'Standard_D8ls_v6', 'high'],
  ['c6a.4xlarge', 'Standard_F16als_v7', 'high'],
  ['c7g.large', 'Standard_D2pls_v6', 'high'],
  ['r5.4xlarge', 'Standard_E16s_v6', 'high'],
  ['r5b.4xlarge', 'Standard_E16bs_v5', 'high'],
  ['r6g.8xlarge', 'Standard_E32ps_v6', 'high'],
  ['t3.micro', 'Standard_B2ts_v2', 'high'],
  ['t4g.medium', 'Standard_B2pls_v2', 'high'],
  ['x2gd.xlarge', 'Standard_E8pds_v6', 'medium'],
  ['z1d.large', 'Standard_E2ds_v6', 'medium'],
  ['i3.2xlarge', 'Standard_L8s_v4', 'high'],
  ['i4g.large', 'Standard_E2pds_v6', 'medium'],
  ['d3.xlarge', 'Standard_L4s_v4', 'medium'],
  ['p3.2xlarge', 'Standard_NC24ads_A100_v4', 'medium'],
  ['p4d.24xlarge', 'Standard_ND96asr_v4', 'medium'],
  ['p4de.24xlarge', 'Standard_ND96amsr_A100_v4', 'medium'],
  ['p5.48xlarge', 'Standard_ND96isr_H100_v5', 'medium'],
  ['g4dn.xlarge', 'Standard_NC4as_T4_v3', 'medium'],
  ['g5.xlarge', 'Standard_NV36ads_A10_v5', 'medium'],
  ['f1.2xlarge', 'Standard_NP10s', 'low'],
  ['inf2.xlarge', 'Standard_NC4as_T4_v3', 'low'],
  ['hpc7a.96xlarge', 'Standard_HB176rs_v4', 'medium'],
])('%s becomes %s (%s)', (type, name, confidence) => {
  const mapping = mapInstance(type, CATALOG);
  if (mapping.kind !== 'sizes') throw new Error(mapping.kind);
  expect([mapping.candidates[0]?.name, mapping.confidence]).toEqual([name, confidence]);
});

test('bare metal becomes a Dedicated Host', () => {
  expect(mapInstance('m5.metal', CATALOG)).toMatchObject({
    kind: 'dedicated-host',
    confidence: 'medium',
    reasons: [
      'general purpose: 96 vCPUs, 384 GiB, x64',
      'bare metal: an Azure Dedicated Host gives the isolation, not the access to the hypervisor; a size of the same shape fills it',
    ],
  });
});

test.each([
  ['mac2.metal', 'Azure has no Mac hosts'],
  ['g5g.xlarge', 'no Azure size that the catalog has for it holds 4 vCPUs, 8 GiB, arm64, 1 × T4G'],
  ['r8g.48xlarge', 'the largest is Standard_E96ps_v6 with 96 vCPUs and 672 GiB'],
])('%s becomes nothing, and the reason is said', (type, reason) => {
  expect(mapInstance(type, CATALOG)).toEqual({ kind: 'none', type, reasons: expect.arrayContaining([expect.stringContaining(reason)]) });
});

test('a family that the catalog lacks is read from its name, with low confidence', () => {
  const mapping = mapInstance('m11gd.2xlarge', CATALOG);
  expect(mapping).toMatchObject({
    kind: 'sizes',
    confidence: 'low',
    shape: { vcpus: 8, memoryGiB: 32, architecture: 'arm64', localDisk: true },
  });
  expect(mapping.reasons).toContain('the family is not in the catalog: read from its name alone');
});

test.each([
  ['m5-large', "'m5-large' is not the name of an EC2 instance type"],
  ['cc2.8xlarge', 'no EC2 family like cc2 in the catalog'],
  ['m5.7xlarge', 'm5 has no size 7xlarge; it has large, xlarge, 2xlarge, 4xlarge, 8xlarge, 12xlarge, 16xlarge, 24xlarge, metal'],
  ['g9.xlarge', 'g9 is not in the catalog, and its name does not say which accelerator it has'],
  ['m11.metal', 'the size metal does not say how many vCPUs m11.metal has'],
])('%s is unknown', (type, reason) => {
  expect(mapInstance(type, CATALOG)).toEqual({
    kind: 'unknown',
    type,
    reasons: [reason],
    settle: expect.stringMatching(/m5\.xlarge|describe-instance-types/),
  });
});

describe("against the SDK's own list of instance types", () => {
  const types: readonly string[] = Object.values(_InstanceType);

  test('every type of the catalog exists', () => {
    const catalogued = CATALOG.instances.flatMap(({ families }) =>
      families.flatMap(({ name, sizes }) => sizes.map((size) => `${name}.${size}`)),
    );
    expect(catalogued.length).toBeGreaterThan(1300);
    expect(catalogued.filter((type) => !types.includes(type))).toEqual([]);
  });

  test('every type is known, but for families that AWS no longer offers', () => {
    const unknown = types.filter((type) => mapInstance(type, CATALOG).kind === 'unknown');
    expect(unknown.toSorted()).toEqual(['cc1.4xlarge', 'cc2.8xlarge', 'cg1.4xlarge', 'cr1.8xlarge', 'hi1.4xlarge', 'hs1.8xlarge']);
  });
});

test.each([
  ['c5.xlarge', 'Standard_D4ls_v6'],
  ['c6i.xlarge', 'Standard_D4ls_v6'],
  ['c5d.xlarge', 'Standard_D4lds_v6'],
  ['c6a.xlarge', 'Standard_F4als_v7'],
  ['c7g.xlarge', 'Standard_D4pls_v6'],
])('%s is %s, and why not the F series of the guide', (type, size) => {
  const mapping = mapInstance(type, CATALOG);
  expect('candidates' in mapping && mapping.candidates[0]?.name).toBe(size);
  expect(mapping.reasons).toContain(
    'the guide names the F series: Fsv2 retires on 2028-11-15, and those after it are AMD; with the same 2 GiB for each vCPU an Intel type becomes Dls, an Arm type Dpls',
  );
});
