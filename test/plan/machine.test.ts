import { describe, expect, test } from 'vitest';
import type { DefaultSize, VmSeries } from '../../src/catalog/schema.ts';
import { type MachineFacts, planMachine } from '../../src/plan/machine.ts';
import { aCandidate, aSpec } from '../fakes/values.ts';

const FACT = { source: ['x'], verified: '2026-10-01' };

function size(name: string, change: Partial<DefaultSize> = {}): DefaultSize {
  return {
    id: name.toLowerCase(),
    name,
    purpose: ['build', 'test'],
    architecture: 'x64',
    generations: ['V1', 'V2'],
    controllers: ['SCSI'],
    trustedLaunch: true,
    rank: 1,
    ...FACT,
    ...change,
  };
}

function series(name: string, change: Partial<VmSeries> = {}): VmSeries {
  return {
    id: name.toLowerCase(),
    title: name,
    purpose: 'general',
    architecture: 'x64',
    cpu: 'intel',
    generations: ['V1', 'V2'],
    controllers: ['SCSI'],
    trustedLaunch: true,
    localDisk: false,
    fastStorage: false,
    highFrequency: false,
    sizes: [{ name, vcpus: 4, memoryGiB: 16 }],
    notes: [],
    ...FACT,
    ...change,
  };
}

const FACTS: MachineFacts = {
  sizes: [
    size('Standard_B2s', { rank: 9 }),
    size('Standard_D2s_v5'),
    size('Standard_D2s_v6', { generations: ['V2'], controllers: ['NVMe'], rank: 2 }),
    size('Standard_D2ps_v5', { architecture: 'arm64', generations: ['V2'], trustedLaunch: false }),
    size('Standard_D2ps_v6', { architecture: 'arm64', generations: ['V2'], controllers: ['NVMe'], rank: 2 }),
  ],
  series: [
    series('Standard_D4s_v5'),
    series('Standard_D4s_v6', { generations: ['V2'], controllers: ['NVMe'] }),
    series('Standard_E4bs_v5', { controllers: ['SCSI', 'NVMe'] }),
    series('Standard_D4ps_v5', { architecture: 'arm64', generations: ['V2'], trustedLaunch: false }),
    series('Standard_NP10s', { generations: ['V1'], trustedLaunch: false }),
  ],
};

const { build, test: testing } = aSpec();
const building = (vmSize: string) => ({ build: { ...build, vmSize } });
const testingOn = (vmSize: string) => ({ test: { ...testing, vmSize } });
const SCSI_ONLY = { features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] };

describe('what a base allows', () => {
  test('a Gen2 base with Trusted Launch and NVMe becomes a definition of both, tested on both controllers', () => {
    expect(planMachine(aSpec(), aCandidate(), FACTS)).toEqual({
      security: 'TrustedLaunchSupported',
      controllers: ['SCSI', 'NVMe'],
      buildSize: 'Standard_D2s_v5',
      buildFallback: ['Standard_B2s'],
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_D2s_v5', fallbackSizes: ['Standard_B2s'] },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
      ],
      issues: [],
    });
  });

  test('a Gen1 base is Standard and SCSI whatever it states', () => {
    expect(planMachine(aSpec(), aCandidate({ generation: 'V1' }), FACTS)).toEqual({
      security: 'Standard',
      controllers: ['SCSI'],
      buildSize: 'Standard_D2s_v5',
      buildFallback: ['Standard_B2s'],
      shapes: [{ controller: 'SCSI', vmSize: 'Standard_D2s_v5', fallbackSizes: ['Standard_B2s'] }],
      issues: [],
    });
  });

  test.each([
    ['nothing', undefined, 'Standard'],
    ['Trusted Launch', 'TrustedLaunchSupported', 'TrustedLaunchSupported'],
    ['Trusted Launch and confidential VMs', 'TrustedLaunchAndConfidentialVmSupported', 'TrustedLaunchSupported'],
    ['confidential VMs beside ordinary ones', 'ConfidentialVmSupported', 'Standard'],
  ])('a base that states %s', (_name, value, security) => {
    const features = value === undefined ? [] : [{ name: 'SecurityType', value }];
    expect(planMachine(aSpec(), aCandidate({ features }), FACTS)).toMatchObject({ security, controllers: ['SCSI'], issues: [] });
  });

  test('arm64 without a Trusted Launch size is tested as an ordinary VM', () => {
    expect(planMachine(aSpec(), aCandidate({ architecture: 'arm64' }), FACTS)).toMatchObject({
      buildSize: 'Standard_D2ps_v5',
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_D2ps_v5' },
        { controller: 'NVMe', vmSize: 'Standard_D2ps_v6' },
      ],
    });
  });

  test('of sizes of one rank the first by name is taken, in whatever order they are listed', () => {
    const alike = ['Standard_C2', 'Standard_A2', 'Standard_B2'].map((name) => size(name));
    const chosen = [alike, alike.toReversed()].map((sizes) => planMachine(aSpec(), aCandidate(SCSI_ONLY), { ...FACTS, sizes }).buildSize);
    expect(chosen).toEqual(['Standard_A2', 'Standard_A2']);
  });

  test('a Trusted Launch build on arm64 takes an NVMe size, since the base is tagged for it', () => {
    const machine = planMachine(aSpec({ security: 'TrustedLaunch' }), aCandidate({ architecture: 'arm64' }), FACTS);
    expect({ buildSize: machine.buildSize, issues: machine.issues }).toEqual({ buildSize: 'Standard_D2ps_v6', issues: [] });
  });
});

describe("the user's sizes", () => {
  test('win', () => {
    const spec = aSpec({ ...building('Standard_D4s_v5'), ...testingOn('Standard_F2s_v2') });
    expect(planMachine(spec, aCandidate(), FACTS)).toMatchObject({
      buildSize: 'Standard_D4s_v5',
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_F2s_v2' },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
      ],
      issues: [],
    });
  });

  test('a test size with NVMe disks only tests NVMe', () => {
    expect(planMachine(aSpec(testingOn('standard_d4s_v6')), aCandidate(), FACTS).shapes).toEqual([
      { controller: 'SCSI', vmSize: 'Standard_D2s_v5', fallbackSizes: ['Standard_B2s'] },
      { controller: 'NVMe', vmSize: 'standard_d4s_v6' },
    ]);
  });

  test('stand in where they have the controller of the shape; a size that is named and nothing else has no other beside it', () => {
    const named = {
      build: { ...build, vmSize: 'Standard_D4s_v5' },
      test: { ...testing, fallbackSizes: ['Standard_D4s_v6', 'Standard_E4bs_v5'] },
    };
    expect(planMachine(aSpec(named), aCandidate(), FACTS)).toMatchObject({
      buildFallback: undefined,
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_D2s_v5', fallbackSizes: ['Standard_E4bs_v5'] },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6', fallbackSizes: ['Standard_D4s_v6', 'Standard_E4bs_v5'] },
      ],
      issues: [],
    });
  });

  test('a size is tried once, in whatever case it is written', () => {
    const named = { build: { ...build, vmSize: 'Standard_D4s_v5', fallbackSizes: ['standard_d4s_v5', 'Standard_B2s', 'Standard_B2s'] } };
    expect(planMachine(aSpec(named), aCandidate(), FACTS).buildFallback).toEqual(['Standard_B2s']);
  });

  test('an empty list is an answer: nothing stands in', () => {
    const none = { build: { ...build, fallbackSizes: [] }, test: { ...testing, fallbackSizes: [] } };
    const { buildFallback, shapes } = planMachine(aSpec(none), aCandidate(), FACTS);
    expect({ buildFallback, shapes: shapes.map(({ fallbackSizes }) => fallbackSizes) }).toEqual({ buildFallback: [], shapes: [[], []] });
  });

  test('a stand-in that cannot run the image is refused like any size, by its own key', () => {
    const wrong = { build: { ...build, fallbackSizes: ['Standard_D4ps_v5'] }, test: { ...testing, fallbackSizes: ['Standard_NP10s'] } };
    expect(planMachine(aSpec(wrong), aCandidate(), FACTS).issues.map(({ code, message, hint }) => ({ code, message, hint }))).toEqual([
      {
        code: 'SIZE_ARCHITECTURE',
        message: '`build.fallbackSizes` Standard_D4ps_v5 is arm64 and the base x64',
        hint: 'leave it out, or name a size that fits',
      },
      {
        code: 'SIZE_GENERATION',
        message: '`test.fallbackSizes` Standard_NP10s does not boot generation V2, which the base is',
        hint: 'leave it out, or name a size that fits',
      },
    ]);
  });

  const gone = { generation: 'V1' as const };
  test.each([
    ['x64 for an x64 base', building('Standard_D4s_v5'), {}, []],
    ['a size that nobody knows is left to preflight', building('Standard_Z1'), {}, []],
    ['arm64 for an x64 base', building('Standard_D4ps_v5'), {}, ['SIZE_ARCHITECTURE']],
    ['arm64 by its name alone', building('Standard_D2plds_v9'), {}, ['SIZE_ARCHITECTURE']],
    ['x64 for an arm64 base', testingOn('Standard_D4s_v5'), { architecture: 'arm64' as const }, ['SIZE_ARCHITECTURE']],
    ['V2 only for a V1 base', building('Standard_D4s_v6'), gone, ['SIZE_GENERATION']],
    ['V1 only for a V2 base', building('Standard_NP10s'), {}, ['SIZE_GENERATION']],
    ['NVMe only, base and definition tagged', building('Standard_D4s_v6'), {}, []],
    ['NVMe only, neither tagged', building('Standard_D4s_v6'), SCSI_ONLY, ['SIZE_CONTROLLER', 'SIZE_CONTROLLER']],
    ['NVMe only, definition not tagged', { ...building('Standard_D4s_v6'), controllers: ['SCSI' as const] }, {}, ['SIZE_CONTROLLER']],
    ['NVMe only for a test, definition not tagged', testingOn('Standard_D4s_v6'), SCSI_ONLY, ['SIZE_CONTROLLER']],
    ['both controllers', building('Standard_E4bs_v5'), SCSI_ONLY, []],
    [
      'no Trusted Launch',
      { ...building('Standard_D4ps_v5'), security: 'TrustedLaunch' as const },
      { architecture: 'arm64' as const },
      ['SIZE_TRUSTED_LAUNCH'],
    ],
    ['no Trusted Launch, and none needed', building('Standard_D4ps_v5'), { architecture: 'arm64' as const }, []],
  ])('%s', (_name, spec, base, expected) => {
    const { issues } = planMachine(aSpec(spec), aCandidate(base), FACTS);
    expect(issues.map(({ code }) => code)).toEqual(expected);
    expect(issues.filter(({ source }) => !source?.startsWith('https://learn.microsoft.com/'))).toEqual([]);
  });

  test('a refusal names the size, the rule and where it is written', () => {
    expect(planMachine(aSpec(building('Standard_D4s_v6')), aCandidate({ generation: 'V1' }), FACTS).issues).toEqual([
      {
        severity: 'error',
        code: 'SIZE_GENERATION',
        message: '`build.vmSize` Standard_D4s_v6 does not boot generation V1, which the base is',
        hint: 'leave `build.vmSize` out, or name a size that fits',
        source: 'https://learn.microsoft.com/azure/virtual-machines/generation-2',
        image: 'web',
        place: { file: 'images.yaml', line: 10, column: 3 },
      },
    ]);
  });
});

describe('what Azure forbids', () => {
  test.each([
    [
      'Trusted Launch on Gen1',
      { security: 'TrustedLaunchSupported' as const },
      { generation: 'V1' as const },
      ['error SECURITY_NEEDS_GEN2'],
    ],
    [
      'NVMe on Gen1',
      { controllers: ['SCSI' as const, 'NVMe' as const] },
      { generation: 'V1' as const, features: [] },
      ['error NVME_NEEDS_GEN2', 'warning NO_DEFAULT_SIZE'],
    ],
    [
      'arm64 on Gen1',
      {},
      { architecture: 'arm64' as const, generation: 'V1' as const, features: [] },
      ['error ARM64_NEEDS_GEN2', 'error NO_DEFAULT_SIZE', 'warning NO_DEFAULT_SIZE'],
    ],
    ['no controller', { controllers: [] }, {}, ['error NO_CONTROLLER']],
    ['NVMe without SCSI', { controllers: ['NVMe' as const] }, {}, ['error NVME_ALONE']],
    [
      'a base that makes confidential VMs only',
      {},
      { features: [{ name: 'SecurityType', value: 'ConfidentialVM' }] },
      ['error BASE_CONFIDENTIAL'],
    ],
    [
      'Trusted Launch from a base that does not make it',
      { security: 'TrustedLaunch' as const },
      { features: [] },
      ['error SECURITY_NEEDS_BASE'],
    ],
    [
      'a promise that the base does not make is proven by the test VM',
      { security: 'TrustedLaunchSupported' as const, controllers: ['SCSI' as const, 'NVMe' as const] },
      { features: [] },
      ['warning SECURITY_NOT_STATED', 'warning NVME_NOT_STATED'],
    ],
  ])('%s', (_name, spec, base, expected) => {
    const { issues } = planMachine(aSpec(spec), aCandidate(base), FACTS);
    expect(issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });
});

describe('a TPM in the AMI', () => {
  test.each([
    ['is there with Trusted Launch', { security: 'TrustedLaunch' as const }, {}, []],
    ['needs a word at deployment', {}, {}, ['info TPM_AT_DEPLOYMENT: create the VMs from this image with `securityType: TrustedLaunch`']],
    ['is lost by the wish', { security: 'Standard' as const }, {}, ['warning TPM_NOT_CARRIED: leave `security` out']],
    [
      'is lost on Gen1',
      {},
      { generation: 'V1' as const },
      ['warning TPM_NOT_CARRIED: choose a base of generation V2 whose SecurityType is TrustedLaunchSupported'],
    ],
  ])('%s', (_name, spec, base, expected) => {
    const { issues } = planMachine(aSpec(spec), aCandidate(base), FACTS, { tpm: 'v2.0' });
    expect(issues.map(({ severity, code, hint }) => `${severity} ${code}: ${hint}`)).toEqual(expected);
  });
});
