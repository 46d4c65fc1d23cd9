import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { type BuildPlan, type ExistingVersion, type ImageSpec, sha256 } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { ownFiles } from '../fakes/own-files.ts';
import { aCandidate, aMatch, anAnalysis, aSpec, aVersion } from '../fakes/values.ts';

const { sizes, series, releases } = await loadCatalog();

interface There {
  readonly versions?: readonly ExistingVersion[];
  /** In the staging definition. */
  readonly staged?: readonly ExistingVersion[];
  readonly architecture?: 'x64' | 'arm64';
}

/** The plan of an image; what it reads says what it is. */
function planOf(change: Partial<ImageSpec> = {}, { versions = [], staged = [], architecture = 'x64' }: There = {}): Promise<BuildPlan> {
  const spec = aSpec(change);
  const gallery = {
    versions: async ({ definition }: { readonly definition: string }) => (definition === spec.target.definition ? versions : staged),
    definition: async () => undefined,
  };
  const text = (kind: string) => async (path: string) => `${kind} ${path}`;
  const context = fakeContext({ gallery, assets: { ...ownFiles(text('own')), user: text('user') } }, { sizes, series, releases });
  return makePlan(spec, anAnalysis(), aMatch(aCandidate({ architecture })), context, (plans) => {
    const [first] = plans;
    if (first === undefined) throw new Error('there is an engine');
    return first;
  });
}

const stepsOf = ({ provisioners }: BuildPlan) => provisioners.map((step) => `${step.phase} ${step.kind === 'guest' ? step.id : step.kind}`);

test('everything that will happen: what shapes the image, and the digest that covers it', async () => {
  const plan = await planOf();
  const { provisioners, guestScripts, forecast, definition, ...rest } = plan;
  const features = [
    { name: 'SecurityType', value: 'TrustedLaunchSupported' },
    { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
    { name: 'IsAcceleratedNetworkSupported', value: 'True' },
  ];
  expect(rest).toEqual({
    ...{ kind: 'BuildPlan', schemaVersion: 1, image: 'web', engine: 'image-builder', version: '2026.1121.0', route: 'direct' },
    provenance: {
      amiId: 'ami-0abc1234def567890',
      amiName: 'web-golden-2026-10-01',
      amiRegion: 'eu-west-1',
      amiCreated: '2026-10-01T08:00:00.000Z',
    },
    os: { family: 'linux', distro: 'ubuntu', version: '24.04', guest: 'debian' },
    base: {
      urn: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202611010' },
      ...{ generation: 'V2', architecture: 'x64', features },
    },
    ...{ security: 'TrustedLaunchSupported', controllers: ['SCSI', 'NVMe'] },
    ...{ subscription: 'sub', resourceGroup: 'rg-images', gallery: 'gal', location: 'northeurope' },
    build: {
      vmSize: 'Standard_D2s_v5',
      fallbackSizes: ['Standard_D2as_v5', 'Standard_D2ds_v5', 'Standard_D2ads_v5'],
      osDiskSizeGB: 40,
      identity: '/subscriptions/sub/identity',
      timeoutMinutes: 240,
    },
    test: {
      shapes: [
        {
          controller: 'SCSI',
          vmSize: 'Standard_D2s_v5',
          fallbackSizes: ['Standard_D2as_v5', 'Standard_D2ds_v5', 'Standard_D2ads_v5'],
        },
        { controller: 'NVMe', vmSize: 'Standard_D2s_v6', fallbackSizes: ['Standard_D2as_v6', 'Standard_D2ds_v6'] },
      ],
      timeoutMinutes: 30,
    },
    timeouts: aSpec().timeouts,
    ...{ dataDisks: [], components: [], checks: [], issues: [], regions: aSpec().regions },
    parity: { policy: 'report', allow: [] },
    guestFiles: [
      ...['components.tsv', 'agents.tsv', 'checks.tsv'].map((path) => ({ path, content: '' })),
      { path: 'guest.env', content: 'REGILD_FAMILY=debian\nREGILD_SYSTEMS=ubuntu\nREGILD_MAJOR=24\nREGILD_MACHINE=x86_64\n' },
      {
        path: 'provenance.tsv',
        content: `plan\t${plan.digest}\nbase\tCanonical:ubuntu-24_04-lts:server:24.04.202611010\nami\tami-0abc1234def567890\n`,
      },
    ],
    tags: {
      'regild-image': 'web',
      'regild-ami': 'ami-0abc1234def567890',
      'regild-ami-region': 'eu-west-1',
      'regild-base': 'Canonical:ubuntu-24_04-lts:server:24.04.202611010',
    },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect([definition.name, definition.features, definition.identifier]).toEqual([
    'web',
    features,
    { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-web' },
  ]);
  expect(forecast?.items.map(({ what }) => what)).toEqual(['build-vm', 'test-vms', 'test-vms', 'storage', 'storage', 'egress']);
  expect(guestScripts.slice(0, 2)).toEqual(
    ['scripts/linux/lib.sh', 'scripts/linux/lib/system.sh'].map((path) => ({ path, sha256: sha256(`own ${path}`) })),
  );
  expect(provisioners[1]).toEqual({
    ...{ kind: 'guest', id: 'grow', title: 'give the room of a larger disk to the volumes of LVM', phase: 'add-azure' },
    ...{ script: 'scripts/linux/grow.sh', arguments: [], sha256: sha256('own scripts/linux/grow.sh') },
  });
});

test("the user's steps stand between Azure's parts and the removal of AWS's", async () => {
  const steps = stepsOf(await planOf({ customize: [{ kind: 'packages', names: ['nginx'] }] }));
  expect(steps.slice(0, 5)).toEqual([
    'inventory inventory-before',
    'add-azure grow',
    'add-azure add-azure',
    'customize packages',
    'remove-aws remove-agents',
  ]);
});

test('what this run staged of this very plan is continued with; what it published, another run or another plan made is not', async () => {
  const { digest } = await planOf();
  const tags = { 'regild-run': 'run-1', 'regild-digest': digest };
  const names = await Promise.all(
    [tags, { ...tags, 'regild-run': 'run-2' }, { ...tags, 'regild-digest': 'other' }, { ...tags, 'regild-published': 'now' }].map(
      async (own) => (await planOf({}, { versions: [aVersion({ name: '2026.1121.7', tags: own })] })).version,
    ),
  );
  expect(names).toEqual(['2026.1121.7', '2026.1121.8', '2026.1121.8', '2026.1121.8']);
});

test("a number that lies in the staging definition is not given again, where Packer's way goes through one", async () => {
  const staged = [aVersion({ name: '2026.1121.4' })];
  const target = aSpec().target;
  const version = async (change: Partial<ImageSpec>, architecture: 'x64' | 'arm64') =>
    (await planOf(change, { staged, architecture })).version;
  expect(await version({ engine: 'packer' }, 'arm64')).toBe('2026.1121.5');
  expect(await version({ engine: 'packer' }, 'x64')).toBe('2026.1121.0');
  expect(await version({ engine: 'image-builder' }, 'arm64')).toBe('2026.1121.0');
  expect(await version({ engine: 'packer', target: { ...target, definition: 'd'.repeat(80) } }, 'arm64')).toBe('2026.1121.0');
});

test('how a release goes out is in the plan where the manifest says anything of it, and nowhere else', async () => {
  expect((await planOf({ endOfLife: '180d' })).release).toMatchObject({ endOfLife: '180d', safety: {} });
  expect((await planOf({ safety: { blockDeletionBeforeEndOfLife: true } })).release).toMatchObject({
    safety: { blockDeletionBeforeEndOfLife: true },
  });
  expect((await planOf({ softDelete: true })).release).toMatchObject({ softDelete: true });
  expect((await planOf()).release).toBeUndefined();
});
