import { describe, expect, test } from 'vitest';
import { compare } from '../../src/living/compare.ts';
import { jitterOf } from '../../src/living/timing.ts';
import type { Ami, Drift, ImageFacts } from '../../src/model/index.ts';
import { aPlan } from '../fakes/values.ts';
import { anActual, aUser, aWish, NOW, ORIGIN, released } from './values.ts';

/** Each drift in a line: kind, reason, and what it waits for. */
const told = (drifts: readonly Drift[]) =>
  drifts.map(({ kind, reason, held, heldUntil }) =>
    [kind, reason, ...(held ? [`waits: ${held}`] : []), ...(heldUntil ? [heldUntil] : [])].join(' | '),
  );

/** Milliseconds: the first four bytes of SHA-256 of the name, as a share of six hours. */
const WEB = 6_359_219;
const DB = 10_450_683;

const POLICY = { on: ['ami', 'base', 'recipe', 'age'], blackout: [], timeZone: 'UTC', urgent: [] } as const;

test('an image that is as it is wished has no drift', () => {
  expect(compare(aWish(), anActual([released(10)]), NOW)).toEqual([]);
});

test('one that was never published', () => {
  expect(told(compare(aWish(), anActual([]), NOW))).toEqual(['never-published | no version of web is published']);
});

const anAmi = (ami: Partial<Ami>): Ami => ({ id: 'ami-1', region: 'eu-west-1', productCodes: [], disks: [], tags: {}, ...ami });

describe('what only a new version mends', () => {
  const provenance = { amiId: 'ami-2', amiName: 'web-golden-2026-11-20', amiRegion: 'eu-west-1' };
  const urn = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202611200' };

  test('the AMI', () => {
    expect(told(compare(aWish({}, { provenance, digest: 'e'.repeat(64) }), anActual([released(10)]), NOW))).toEqual([
      'ami-changed | the AMI is ami-2 (web-golden-2026-11-20), version 2026.1110.0 was made from ami-0abc1234def567890',
    ]);
  });

  test('the AMI, with what shows how the two differ where both are in one region', () => {
    const now = { provenance: { ...provenance, amiId: 'ami-0abc1234def567891' }, digest: 'e'.repeat(64) };
    const from = (tags: Readonly<Record<string, string>>) => told(compare(aWish({}, now), anActual([released(10, { tags })]), NOW));
    const reason =
      'ami-changed | the AMI is ami-0abc1234def567891 (web-golden-2026-11-20), version 2026.1110.0 was made from ami-0abc1234def567890';
    expect(from({ 'regild-ami-region': 'eu-west-1' })).toEqual([
      `${reason}; \`regild diff ami-0abc1234def567890 ami-0abc1234def567891 --region eu-west-1\` says what changed in it`,
    ]);
    expect(from({ 'regild-ami-region': 'us-east-1' })).toEqual([reason]);
    expect(from({ 'regild-ami-region': 'eu-west-1', 'regild-ami': 'ami-0 $(reboot)' })).toEqual([
      'ami-changed | the AMI is ami-0abc1234def567891 (web-golden-2026-11-20), version 2026.1110.0 was made from ami-0 $(reboot)',
    ]);
  });

  test('the AMI, with in what it is another as EC2 describes both', () => {
    const now = { provenance, digest: 'e'.repeat(64) };
    const root = { device: '/dev/xvda', sizeGiB: 8, type: 'gp3', kind: 'ebs', root: true } as const;
    const before = anAmi({
      id: 'ami-1',
      name: 'web-1',
      description: 'old',
      created: '2026-10-01T00:00:00.000Z',
      bootMode: 'legacy-bios',
      disks: [root],
    });
    const after = anAmi({
      ...{
        id: 'ami-2',
        name: 'web-2',
        created: '2026-11-20T00:00:00.000Z',
        bootMode: 'uefi',
        productCodes: [{ id: 'abc', type: 'marketplace' }],
      },
      disks: [{ ...root, sizeGiB: 10, encrypted: true }],
    });
    const [drift] = compare(aWish({}, now), anActual([released(10)], { amis: { before, after } }), NOW);
    expect(drift).toEqual({
      kind: 'ami-changed',
      version: '2026.1110.0',
      reason:
        'the AMI is ami-2 (web-golden-2026-11-20), version 2026.1110.0 was made from ami-0abc1234def567890; name web-1 → web-2, description old → none, ' +
        'created 2026-10-01T00:00:00.000Z → 2026-11-20T00:00:00.000Z, boot mode legacy-bios → uefi, and 2 more',
      changes: [
        { what: 'name', before: 'web-1', after: 'web-2' },
        { what: 'description', before: 'old' },
        { what: 'created', before: '2026-10-01T00:00:00.000Z', after: '2026-11-20T00:00:00.000Z' },
        { what: 'boot mode', before: 'legacy-bios', after: 'uefi' },
        { what: 'product codes', after: 'abc (marketplace)' },
        { what: 'disks', before: 'root /dev/xvda 8 GiB gp3', after: 'root /dev/xvda 10 GiB gp3 encrypted' },
      ],
    });
    expect(compare(aWish({}, now), anActual([released(10)], { amis: { before, after: before } }), NOW)[0]).toMatchObject({ changes: [] });
  });

  test('a base that is old enough, and one that is not', () => {
    const newer = { base: { ...aPlan().base, urn }, digest: 'e'.repeat(64) };
    const reason =
      'base-newer | the base is Canonical:ubuntu-24_04-lts:server:24.04.202611200, version 2026.1110.0 was made from Canonical:ubuntu-24_04-lts:server:24.04.202611010';
    expect(told(compare(aWish({}, newer), anActual([released(10)]), NOW))).toEqual([reason]);
    const patient = { refresh: { ...POLICY, minimumBaseAge: '3d' } };
    expect(told(compare(aWish(patient, newer), anActual([released(10)]), NOW))).toEqual([
      `${reason} | waits: a base must be 3d old (refresh.minimumBaseAge) | 2026-11-23T00:00:00.000Z`,
    ]);
  });

  test('the recipe', () => {
    expect(told(compare(aWish({}, { digest: 'e'.repeat(64) }), anActual([released(10)]), NOW))).toEqual([
      'recipe-changed | the recipe was changed since version 2026.1110.0 was built',
    ]);
  });

  test('its age', () => {
    const policy = { refresh: { ...POLICY, every: '7d' } };
    expect(told(compare(aWish(policy), anActual([released(10)]), NOW))).toEqual([
      'too-old | version 2026.1110.0 is 11 days old, and refresh.every is 7d',
    ]);
    expect(compare(aWish(policy), anActual([released(15)]), NOW)).toEqual([]);
  });

  test('only what the manifest names is a cause', () => {
    const wish = aWish({ refresh: { ...POLICY, every: '1d', on: ['base'] } }, { provenance, digest: 'e'.repeat(64) });
    expect(compare(wish, anActual([released(10)]), NOW)).toEqual([]);
  });

  test('a base that is deprecated, which comes first', () => {
    const base = {
      deprecation: { state: 'ScheduledForDeprecation', scheduled: '2027-01-31T00:00:00Z', alternative: 'Offer ubuntu-26_04-lts' },
    } as ImageFacts;
    const moved = { base: { ...aPlan().base, urn: { ...urn, offer: 'ubuntu-26_04-lts' } }, digest: 'e'.repeat(64) };
    const drifts = told(
      compare(aWish({ refresh: { ...POLICY, on: ['age'], every: '1d' } }, moved), anActual([released(10)], { base }), NOW),
    );
    expect(drifts).toEqual([
      'base-deprecated | the base Canonical:ubuntu-24_04-lts:server:24.04.202611010 of version 2026.1110.0 is deprecated on 2027-01-31; its publisher names Offer ubuntu-26_04-lts',
      'too-old | version 2026.1110.0 is 11 days old, and refresh.every is 1d',
    ]);
    expect(told(compare(aWish(), anActual([released(10)], { base }), NOW))).toEqual([
      `${drifts[0]} | waits: the plan still builds on it: set another \`base\``,
    ]);
  });

  test('what was taken back is not made again from the same', () => {
    const digest = 'e'.repeat(64);
    const bad = released(15, { excludeFromLatest: true, tags: { 'regild-digest': digest, 'regild-rolled-back': 'boots slowly' } });
    expect(told(compare(aWish({}, { provenance, digest }), anActual([released(10), bad]), NOW))).toEqual([
      expect.stringContaining(
        'waits: version 2026.1115.0 with the same AMI, base and recipe was rolled-back; change one of them, or use --force',
      ),
    ]);
  });

  test('what was revoked along with another version is made again', () => {
    const taken = released(15, { excludeFromLatest: true, tags: { 'regild-revoked': 'leak', 'regild-revoked-with': 'gal/base/1.0.0' } });
    expect(told(compare(aWish(), anActual([released(10), taken]), NOW))).toEqual([
      'revoked | version 2026.1115.0 was revoked together with gal/base/1.0.0',
    ]);
  });
});

describe('when a rebuild waits', () => {
  const recipe = { digest: 'e'.repeat(64) };

  test.each([
    [
      'a blackout by dates',
      { blackout: ['2026-11-20/2026-11-24'] },
      'the blackout 2026-11-20/2026-11-24 (UTC) holds | 2026-11-25T00:00:00.000Z',
    ],
    [
      'the window of every week, in its time zone',
      { blackout: ['fri 16:00 - mon 06:00'], timeZone: 'America/New_York' },
      'the blackout fri 16:00 - mon 06:00 (America/New_York) holds | 2026-11-23T11:00:00.000Z',
    ],
    [
      'two blackouts that follow each other',
      { blackout: ['2026-11-20/2026-11-21', '2026-11-22'] },
      'the blackout 2026-11-20/2026-11-21 (UTC) holds | 2026-11-23T00:00:00.000Z',
    ],
    ['a schedule', { schedule: '0 4 * * 2' }, 'the schedule 0 4 * * 2 (UTC) names the time | 2026-11-24T04:00:00.000Z'],
  ])('%s', (_, policy, waits) => {
    const drifts = compare(aWish({ refresh: { ...POLICY, ...policy } }, recipe), anActual([released(18)]), NOW);
    expect(told(drifts)).toEqual([`recipe-changed | the recipe was changed since version 2026.1118.0 was built | waits: ${waits}`]);
  });

  test('jitter comes after each time, is the same for an image always, and less than what the manifest says', () => {
    const later = ['web', 'db', 'web'].map((name) => jitterOf(name, 6 * 3_600_000));
    expect(later).toEqual([WEB, DB, WEB]);
    const policy = { ...POLICY, schedule: '0 4 * * *', timeZone: 'UTC', jitter: '6h' };
    const at = (time: string) => told(compare(aWish({ refresh: policy }, recipe), anActual([released(20)]), new Date(time)));
    const reason = 'recipe-changed | the recipe was changed since version 2026.1120.0 was built';
    const due = new Date(Date.parse('2026-11-21T04:00:00.000Z') + WEB);
    expect(at(new Date(due.getTime() - 1000).toISOString())).toEqual([
      `${reason} | waits: the schedule 0 4 * * * (UTC) names the time | ${due.toISOString()}`,
    ]);
    expect(at(due.toISOString())).toEqual([reason]);
  });

  test('a schedule follows its time zone over the change of clocks', () => {
    const until = (time: string) => {
      const policy = { ...POLICY, schedule: '0 4 * * *', timeZone: 'Europe/Dublin' };
      const version = { ...released(1), tags: { ...released(1).tags, 'regild-published': time } };
      return compare(aWish({ refresh: policy }, recipe), anActual([version]), new Date(time))[0]?.heldUntil;
    };
    expect([until('2026-10-23T12:00:00.000Z'), until('2026-10-24T12:00:00.000Z')]).toEqual([
      '2026-10-24T03:00:00.000Z',
      '2026-10-25T04:00:00.000Z',
    ]);
  });

  test.each([
    ['outside of blackouts', { blackout: ['2026-11-22', 'mon 08:00 - fri 18:00'] }],
    ['when its cause is urgent', { blackout: ['2026-11-21'], urgent: ['recipe'] as const }],
    ['when its schedule came since the version was published', { schedule: '0 4 * * 5' }],
    ['when a schedule was missed for weeks', { schedule: '0 4 13 11 *' }],
  ])('it is due %s', (_, policy) => {
    const version = 'schedule' in policy && policy.schedule === '0 4 13 11 *' ? released(10) : released(18);
    expect(compare(aWish({ refresh: { ...POLICY, ...policy } }, recipe), anActual([version]), NOW)).toEqual([
      { kind: 'recipe-changed', reason: `the recipe was changed since version ${version.name} was built`, version: version.name },
    ]);
  });
});

describe('what is mended without a rebuild', () => {
  const [north, west] = aWish().spec.regions;

  test('a region that is missing, and one too many', () => {
    const version = released(10, {
      targetRegions: [
        { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' },
        { name: 'eastus', replicas: 1, storage: 'Standard_LRS' },
      ],
    });
    expect(told(compare(aWish(), anActual([version]), NOW))).toEqual([
      'regions-differ | version 2026.1110.0 is not in westeurope, which the manifest names',
      'regions-differ | version 2026.1110.0 is in eastus, which the manifest does not name',
    ]);
    expect(told(compare(aWish(), anActual([version], { users: [aUser(version, 'eastus')] }), NOW))[1]).toBe(
      'regions-differ | version 2026.1110.0 is in eastus, which the manifest does not name | waits: vm-1 use it there: move them first',
    );
    expect(told(compare(aWish(), anActual([version], { users: undefined }), NOW))[1]).toContain(
      'waits: Azure Resource Graph could not be asked',
    );
  });

  test('an old region goes from older versions too', () => {
    const older = released(5, { targetRegions: [...aWish().spec.regions, { name: 'eastus', replicas: 1, storage: 'Standard_LRS' }] });
    expect(told(compare(aWish(), anActual([older, released(10)]), NOW))).toEqual([
      'regions-differ | version 2026.1105.0 is in eastus, which the manifest does not name',
    ]);
  });

  test('replicas; storage only with the next version', () => {
    const version = released(10, {
      targetRegions: [
        { ...north, replicas: 4 },
        { ...west, storage: 'Premium_LRS' },
      ] as never,
    });
    expect(told(compare(aWish(), anActual([version]), NOW))).toEqual([
      'replicas-differ | version 2026.1110.0 has 4 replicas in northeurope, the manifest says 1',
      'storage-differs | version 2026.1110.0 is kept as Premium_LRS in westeurope, the manifest says Standard_ZRS: Azure never changes it, the next version has it',
    ]);
  });

  test('tags, but not those of regild', () => {
    const version = released(10, { tags: { team: 'old', stale: 'x' } });
    expect(told(compare(aWish({}, { tags: { 'regild-image': 'web', team: 'web' } }), anActual([version]), NOW))).toEqual([
      'tags-differ | version 2026.1110.0 has other tags than the manifest: stale, team',
    ]);
  });

  test('end of life and safety', () => {
    const wish = aWish({ endOfLife: '180d', safety: { blockDeletionBeforeEndOfLife: true } });
    expect(told(compare(wish, anActual([released(10)]), NOW))).toEqual([
      'end-of-life-differs | version 2026.1110.0 has no end of life, the manifest says 2027-05-09',
      'safety-differs | version 2026.1110.0 has blockDeletionBeforeEndOfLife false, the manifest says true',
    ]);
    expect(told(compare(aWish({ endOfLife: '1d' }), anActual([released(10)]), NOW))).toEqual([
      'end-of-life-differs | version 2026.1110.0 has no end of life, the manifest says 2026-11-11 | waits: Azure takes only days to come; the next version has it',
    ]);
  });

  test.each([
    ['its pause is over', { pause: '24h', approval: false }, 12, []],
    [
      'its pause holds',
      { pause: '24h', approval: false },
      21,
      ['waits: the wave before it is followed by a pause of 24h', '2026-11-22T08:00:00.000Z'],
    ],
    ['it waits for a person', { approval: true }, 12, ['waits: the next wave waits for `regild promote web`']],
  ])('the next wave of a rollout: %s', (_, wave, day, waits) => {
    const wish = aWish({ rollout: [{ regions: ['northeurope'], ...wave }] });
    const version = released(day, { excludedRegions: ['westeurope'] });
    expect(told(compare(wish, anActual([version]), NOW))).toEqual([
      [`rollout-pending | version ${version.name} is not yet latest in westeurope`, ...waits].join(' | '),
    ]);
  });
});

test.each([
  [
    'one that is to be checked says where',
    {},
    'rollout-pending | version 2026.1112.0 is not yet latest in westeurope; its checks run in northeurope first',
  ],
  [
    'one whose check failed waits for somebody, also where a pause or an approval would follow',
    { 'regild-wave-check': 'wave 1 failed at 2026-11-20T08:00:00.000Z: check azl-17-sshd' },
    'rollout-stopped | version 2026.1112.0 stays out of westeurope: wave 1 failed at 2026-11-20T08:00:00.000Z: check azl-17-sshd' +
      ' | waits: `regild promote web` checks it again, `regild rollback web` goes back',
  ],
  [
    'what was found of another wave says nothing of this one',
    { 'regild-wave-check': 'wave 2 failed at 2026-11-20T08:00:00.000Z: in northeurope: check azl-17-sshd' },
    'rollout-pending | version 2026.1112.0 is not yet latest in westeurope; its checks run in northeurope first',
  ],
])('the next wave of a rollout: %s', (_, tags, drift) => {
  for (const beside of drift.startsWith('rollout-stopped')
    ? [{ approval: false }, { approval: true }, { approval: false, pause: '90d' }]
    : [{ approval: false }]) {
    const wish = aWish({ rollout: [{ regions: ['northeurope'], check: true, ...beside }] });
    expect(told(compare(wish, anActual([released(12, { excludedRegions: ['westeurope'], tags })]), NOW))).toEqual([drift]);
  }
});

describe('what is shown', () => {
  test('a version that a lost run staged, one that is at work, and one that is of no use any more', () => {
    const tags = { 'regild-image': 'web', 'regild-published': undefined } as never;
    const staged = (deadline: string, digest = 'd'.repeat(64)) => {
      const { 'regild-published': _, ...rest } = released(20).tags;
      return {
        ...released(20, { excludeFromLatest: true, tags }),
        tags: { ...rest, 'regild-run': '20261120t080000-0000', 'regild-deadline': deadline, 'regild-digest': digest },
      };
    };
    const say = (deadline: string, digest?: string) => told(compare(aWish(), anActual([released(10), staged(deadline, digest)]), NOW));
    expect(say('2026-11-21T10:00:00.000Z')).toEqual([
      'staged-left | run 20261120t080000-0000 left version 2026.1120.0 of web unfinished, 24 hours ago: `regild build web --run-id 20261120t080000-0000` goes on with it',
    ]);
    expect(say('2026-11-22T10:00:00.000Z')).toEqual([
      'build-running | run 20261120t080000-0000 works on version 2026.1120.0 of web, 24 hours ago',
    ]);
    expect(say('2026-11-21T10:00:00.000Z', 'f'.repeat(64))).toEqual([
      'staged-left | run 20261120t080000-0000 staged version 2026.1120.0 of an older recipe, AMI or base; `regild sweep --staged` deletes it',
    ]);
  });

  test('who runs a revoked version', () => {
    const bad = released(15, { excludeFromLatest: true, tags: { 'regild-revoked': 'key in the image' } });
    expect(told(compare(aWish(), anActual([released(10), bad], { users: [aUser(bad)] }), NOW))).toEqual([
      'revoked-in-use | version 2026.1115.0 was revoked (key in the image) and is run by vm-1 (northeurope): make them again from latest',
    ]);
  });

  test('the end of support', () => {
    const release = { distro: 'ubuntu', version: '20.04', support: { standard: '2027-01-01', extended: '2030-04-01' } } as never;
    expect(told(compare({ ...aWish(), release }, anActual([released(10)]), NOW))).toEqual([
      'support-ends | standard support of ubuntu 20.04 ends on 2027-01-01, extended support on 2030-04-01',
    ]);
  });

  test('what retention would delete', () => {
    const versions = [released(20), released(15), released(10), released(5), released(4)];
    expect(told(compare(aWish(), anActual(versions), NOW))).toEqual([
      'too-many-versions | 2 versions are beyond retention: 2026.1105.0, 2026.1104.0',
    ]);
  });
});

test('versions that regild did not make are left alone', () => {
  const foreign = { ...released(20), tags: { owner: 'somebody' } };
  expect(compare(aWish({ retention: { keep: 1, pinned: [] } }), anActual([foreign, released(10)]), NOW)).toEqual([]);
  expect(ORIGIN['regild-image']).toBe('web');
});
