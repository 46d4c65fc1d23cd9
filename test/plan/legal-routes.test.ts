import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { imageBuilderLosses } from '../../src/engines/image-builder/losses.ts';
import { packerLosses } from '../../src/engines/packer/losses.ts';
import type { Architecture, Candidate, Engine, Generation, SecurityType } from '../../src/model/index.ts';
import { planMachine } from '../../src/plan/machine.ts';
import { publishRoute } from '../../src/plan/route.ts';
import { aCandidate, aPlan, aSpec } from '../fakes/values.ts';

const CATALOG = await loadCatalog();

/** What the base's SecurityType says: nothing, or that it makes Trusted Launch VMs too. */
type Stated = 'plain' | 'trusted';
const FEATURES: Readonly<Record<Stated, Candidate['features']>> = {
  plain: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }],
  trusted: [
    { name: 'SecurityType', value: 'TrustedLaunchSupported' },
    { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
  ],
};

type Row = readonly [Engine, Generation, SecurityType, Architecture, Stated, string];

/**
 * Every combination and its fate: the publish route, or the rules that refuse it.
 * Source: shared-image-galleries, trusted-launch-portal, image-builder-json, packer-plugin-azure issue 304.
 */
const TABLE: readonly Row[] = [
  // Generation 1: no Trusted Launch of either kind, no Arm64.
  ['packer', 'V1', 'Standard', 'x64', 'plain', 'direct'],
  ['packer', 'V1', 'Standard', 'arm64', 'plain', 'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE'],
  ['packer', 'V1', 'TrustedLaunchSupported', 'x64', 'plain', 'SECURITY_NEEDS_GEN2'],
  ['packer', 'V1', 'TrustedLaunchSupported', 'arm64', 'plain', 'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE SECURITY_NEEDS_GEN2'],
  ['packer', 'V1', 'TrustedLaunch', 'x64', 'plain', 'SECURITY_NEEDS_GEN2'],
  ['packer', 'V1', 'TrustedLaunch', 'arm64', 'plain', 'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE SECURITY_NEEDS_GEN2'],
  ['image-builder', 'V1', 'Standard', 'x64', 'plain', 'direct'],
  ['image-builder', 'V1', 'Standard', 'arm64', 'plain', 'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE'],
  ['image-builder', 'V1', 'TrustedLaunchSupported', 'x64', 'plain', 'SECURITY_NEEDS_GEN2 SECURITY_NOT_SUPPORTED'],
  [
    'image-builder',
    'V1',
    'TrustedLaunchSupported',
    'arm64',
    'plain',
    'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE SECURITY_NEEDS_GEN2 SECURITY_NOT_SUPPORTED',
  ],
  ['image-builder', 'V1', 'TrustedLaunch', 'x64', 'plain', 'SECURITY_NEEDS_GEN2 SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V1', 'TrustedLaunch', 'arm64', 'plain', 'ARM64_NEEDS_GEN2 NO_DEFAULT_SIZE SECURITY_NEEDS_GEN2 SECURITY_NOT_SUPPORTED'],
  // Generation 2, Standard: Image Builder refuses a source that is TrustedLaunchSupported.
  ['packer', 'V2', 'Standard', 'x64', 'plain', 'direct'],
  ['packer', 'V2', 'Standard', 'x64', 'trusted', 'direct'],
  ['packer', 'V2', 'Standard', 'arm64', 'plain', 'direct'],
  ['packer', 'V2', 'Standard', 'arm64', 'trusted', 'direct'],
  ['image-builder', 'V2', 'Standard', 'x64', 'plain', 'direct'],
  ['image-builder', 'V2', 'Standard', 'x64', 'trusted', 'SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'Standard', 'arm64', 'plain', 'direct'],
  ['image-builder', 'V2', 'Standard', 'arm64', 'trusted', 'SECURITY_NOT_SUPPORTED'],
  // Generation 2, TrustedLaunchSupported: takes no VM as source, and Arm64 has no managed image; Image Builder needs such a source.
  ['packer', 'V2', 'TrustedLaunchSupported', 'x64', 'plain', 'managed-image'],
  ['packer', 'V2', 'TrustedLaunchSupported', 'x64', 'trusted', 'managed-image'],
  ['packer', 'V2', 'TrustedLaunchSupported', 'arm64', 'plain', 'staging-definition'],
  ['packer', 'V2', 'TrustedLaunchSupported', 'arm64', 'trusted', 'staging-definition'],
  ['image-builder', 'V2', 'TrustedLaunchSupported', 'x64', 'plain', 'SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'TrustedLaunchSupported', 'x64', 'trusted', 'direct'],
  ['image-builder', 'V2', 'TrustedLaunchSupported', 'arm64', 'plain', 'SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'TrustedLaunchSupported', 'arm64', 'trusted', 'direct'],
  // Generation 2, TrustedLaunch: the build VM is one; Image Builder takes none.
  ['packer', 'V2', 'TrustedLaunch', 'x64', 'plain', 'SECURITY_NEEDS_BASE'],
  ['packer', 'V2', 'TrustedLaunch', 'x64', 'trusted', 'direct'],
  ['packer', 'V2', 'TrustedLaunch', 'arm64', 'plain', 'SECURITY_NEEDS_BASE'],
  ['packer', 'V2', 'TrustedLaunch', 'arm64', 'trusted', 'direct'],
  ['image-builder', 'V2', 'TrustedLaunch', 'x64', 'plain', 'SECURITY_NEEDS_BASE SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'TrustedLaunch', 'x64', 'trusted', 'SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'TrustedLaunch', 'arm64', 'plain', 'SECURITY_NEEDS_BASE SECURITY_NOT_SUPPORTED'],
  ['image-builder', 'V2', 'TrustedLaunch', 'arm64', 'trusted', 'SECURITY_NOT_SUPPORTED'],
];

/** The route where nothing refuses the combination, the refusals otherwise. */
function fateOf([engine, generation, security, architecture, stated]: Row): string {
  const base = aCandidate({ generation, architecture, features: FEATURES[stated] });
  const controllers = generation === 'V1' ? { controllers: ['SCSI' as const] } : {};
  const machine = planMachine(aSpec({ engine, security, ...controllers }), base, CATALOG);
  const route = publishRoute(engine, security, architecture);
  const plan = aPlan({
    engine,
    security,
    controllers: machine.controllers,
    route,
    base: { ...aPlan().base, generation, architecture, features: base.features },
    build: { ...aPlan().build, identity: '/subscriptions/sub/identity' },
  });
  const losses = engine === 'packer' ? packerLosses(plan) : imageBuilderLosses(plan);
  const refusals = [...machine.issues, ...losses].filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return refusals.length === 0 ? route : refusals.toSorted().join(' ');
}

test.each(TABLE)('%s, %s, %s, %s, base %s', (...row) => {
  expect(fateOf(row)).toBe(row[5]);
});

test('no combination is left out, but a Gen1 base that states Trusted Launch, which cannot exist', () => {
  const all = (['packer', 'image-builder'] as const).flatMap((engine) =>
    (['V1', 'V2'] as const).flatMap((generation) =>
      (['Standard', 'TrustedLaunchSupported', 'TrustedLaunch'] as const).flatMap((security) =>
        (['x64', 'arm64'] as const).flatMap((architecture) =>
          (generation === 'V1' ? ['plain'] : ['plain', 'trusted']).map((stated) =>
            [engine, generation, security, architecture, stated].join(),
          ),
        ),
      ),
    ),
  );
  expect(TABLE.map((row) => row.slice(0, 5).join()).toSorted()).toEqual(all.toSorted());
});
