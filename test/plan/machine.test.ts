import { describe, expect, test } from 'vitest';
import type { DefaultSize } from '../../src/catalog/schema.ts';
import { planMachine } from '../../src/plan/machine.ts';
import { publishRoute } from '../../src/plan/route.ts';
import { aCandidate, aSpec } from '../fakes/values.ts';

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
    source: ['x'],
    verified: '2026-10-01',
    ...change,
  };
}

const SIZES = [
  size('Standard_B2s', { rank: 9 }),
  size('Standard_D2s_v5'),
  size('Standard_D2s_v6', { generations: ['V2'], controllers: ['NVMe'], rank: 2 }),
  size('Standard_D2ps_v5', { architecture: 'arm64', generations: ['V2'], trustedLaunch: false }),
  size('Standard_D2ps_v6', { architecture: 'arm64', generations: ['V2'], controllers: ['NVMe'], rank: 2 }),
];

describe('what a base allows', () => {
  test('a Gen2 base with Trusted Launch and NVMe becomes a definition of both, tested on both controllers', () => {
    expect(planMachine(aSpec(), aCandidate(), SIZES)).toEqual({
      security: 'TrustedLaunchSupported',
      controllers: ['SCSI', 'NVMe'],
      buildSize: 'Standard_D2s_v5',
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_D2s_v5' },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
      ],
      issues: [],
    });
  });

  test('a Gen1 base is Standard and SCSI whatever it states', () => {
    const { security, controllers, shapes } = planMachine(aSpec(), aCandidate({ generation: 'V1' }), SIZES);
    expect({ security, controllers, shapes }).toEqual({
      security: 'Standard',
      controllers: ['SCSI'],
      shapes: [{ controller: 'SCSI', vmSize: 'Standard_D2s_v5' }],
    });
  });

  test('a base that states nothing is Standard and SCSI', () => {
    expect(planMachine(aSpec(), aCandidate({ features: [] }), SIZES)).toMatchObject({ security: 'Standard', controllers: ['SCSI'] });
  });

  test('arm64 without a Trusted Launch size is tested as an ordinary VM', () => {
    expect(planMachine(aSpec(), aCandidate({ architecture: 'arm64' }), SIZES)).toMatchObject({
      buildSize: 'Standard_D2ps_v5',
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_D2ps_v5' },
        { controller: 'NVMe', vmSize: 'Standard_D2ps_v6' },
      ],
    });
  });

  test("the user's sizes win", () => {
    const spec = aSpec({
      build: { vmSize: 'Standard_E4s_v5', timeoutMinutes: 60 },
      test: { vmSize: 'Standard_F2s_v2', timeoutMinutes: 30 },
    });
    expect(planMachine(spec, aCandidate(), SIZES)).toMatchObject({
      buildSize: 'Standard_E4s_v5',
      shapes: [
        { controller: 'SCSI', vmSize: 'Standard_F2s_v2' },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
      ],
    });
  });
});

describe('what Azure forbids', () => {
  const codes = (...given: Parameters<typeof planMachine>) =>
    planMachine(...given).issues.map(({ severity, code }) => `${severity} ${code}`);

  test.each([
    [
      'Trusted Launch on Gen1',
      aSpec({ security: 'TrustedLaunchSupported' }),
      aCandidate({ generation: 'V1', live: false }),
      ['error SECURITY_NEEDS_GEN2'],
    ],
    [
      'NVMe on Gen1',
      aSpec({ controllers: ['NVMe'] }),
      aCandidate({ generation: 'V1', features: [] }),
      ['error NVME_NEEDS_GEN2', 'warning NO_DEFAULT_SIZE'],
    ],
    [
      'arm64 on Gen1',
      aSpec(),
      aCandidate({ architecture: 'arm64', generation: 'V1', features: [] }),
      ['error ARM64_NEEDS_GEN2', 'error NO_DEFAULT_SIZE', 'warning NO_DEFAULT_SIZE'],
    ],
    ['no controller', aSpec({ controllers: [] }), aCandidate(), ['error NO_CONTROLLER']],
  ])('%s', (_name, spec, base, expected) => {
    expect(codes(spec, base, SIZES)).toEqual(expected);
  });
});

test.each([
  ['image-builder', 'TrustedLaunchSupported', 'x64', 'direct'],
  ['image-builder', 'Standard', 'arm64', 'direct'],
  ['packer', 'Standard', 'x64', 'direct'],
  ['packer', 'TrustedLaunch', 'x64', 'direct'],
  ['packer', 'TrustedLaunchSupported', 'x64', 'managed-image'],
  ['packer', 'TrustedLaunchSupported', 'arm64', 'staging-definition'],
] as const)('%s, %s, %s: %s', (engine, security, architecture, route) => {
  expect(publishRoute(engine, security, architecture)).toBe(route);
});
