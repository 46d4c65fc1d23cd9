import { expect, test } from 'vitest';
import { lineageOf, originsOf, standsOn } from '../../src/living/lineage.ts';
import { Lineage, type LineageVersion } from '../../src/model/index.ts';
import { renderLineage } from '../../src/report/lineage/index.ts';
import { aVersion } from '../fakes/values.ts';
import { anActual, aUser, aWish, released } from './values.ts';

const REGION = { 'regild-ami-region': 'eu-west-1' };
const BASE = 'Canonical:ubuntu-24_04-lts:server:24.04.202611010';
const OLD = released(1, { tags: REGION });
const NEW = released(20, { tags: { ...REGION, 'regild-ami': 'ami-0new', 'regild-copied-from': '/versions/2026.1101.0' } });
const FOREIGN = aVersion({ id: '/versions/1.0.0', name: '1.0.0', excludeFromLatest: false, targetRegions: [], tags: {} });
const LOOKED = { wish: aWish(), actual: anActual([OLD, NEW, FOREIGN], { users: [aUser(OLD)] }), issues: [] };

/** EC2 tells of one AMI that it was made from another one, which was made from a third, and nothing of the other. */
const FOUND = lineageOf(
  LOOKED,
  ({ id }) => (id === 'ami-0new' ? ['ami-0mid', 'ami-0root'] : undefined),
  () => undefined,
);

function lineage(versions: readonly LineageVersion[], of?: string): Lineage {
  return Lineage.parse({ kind: 'Lineage', schemaVersion: 1, of, versions, issues: [] });
}

test('each AMI is asked about once, and a version without its region is not asked about', () => {
  expect(originsOf([LOOKED, LOOKED])).toEqual([
    { id: 'ami-0abc1234def567890', region: 'eu-west-1' },
    { id: 'ami-0new', region: 'eu-west-1' },
  ]);
});

test('versions, newest first, with what they are made from and who runs them', () => {
  const latest = NEW.targetRegions.map(({ name }) => ({ name, latest: true }));
  expect(FOUND.map((version) => ({ ...version }))).toEqual([
    {
      image: 'web',
      version: '2026.1120.0',
      id: '/versions/2026.1120.0',
      state: 'released',
      ami: { id: 'ami-0new', region: 'eu-west-1' },
      ancestors: ['ami-0mid', 'ami-0root'],
      base: BASE,
      run: '20261101t080000-0000',
      copiedFrom: '/versions/2026.1101.0',
      regions: latest,
      users: [],
    },
    {
      image: 'web',
      version: '2026.1101.0',
      id: '/versions/2026.1101.0',
      state: 'released',
      ami: { id: 'ami-0abc1234def567890', region: 'eu-west-1' },
      ancestors: undefined,
      base: BASE,
      run: '20261101t080000-0000',
      copiedFrom: undefined,
      regions: latest.map(({ name }) => ({ name, latest: false })),
      users: [{ kind: 'virtual-machine', id: '/machines/vm-1', name: 'vm-1', location: 'northeurope' }],
    },
    { image: 'web', version: '1.0.0', id: '/versions/1.0.0', state: 'foreign', regions: [], users: [] },
  ]);
});

test.each([
  ['ami-0new', ['2026.1120.0']],
  ['ami-0root', ['2026.1120.0']],
  ['AMI-0abc1234def567890', ['2026.1101.0']],
  [BASE, ['2026.1120.0', '2026.1101.0']],
  ['canonical:ubuntu-24_04-lts:server', ['2026.1120.0', '2026.1101.0']],
  ['Canonical:ubuntu-24_04-lts', []],
  ['2026.1101.0', ['2026.1101.0']],
  ['/versions/2026.1101.0', ['2026.1120.0', '2026.1101.0']],
  ['', []],
])('what stands on %s', (what, versions) => {
  expect(FOUND.filter((version) => standsOn(version, what)).map(({ version }) => version)).toEqual(versions);
});

test('a tree from the oldest AMI to the machines', () => {
  const places = NEW.targetRegions.map(({ name }) => name);
  expect(renderLineage(lineage(FOUND), 'text')).toBe(
    `AMI ami-0root
└─ AMI ami-0mid
   └─ AMI ami-0new in eu-west-1
      └─ base ${BASE}
         └─ web 2026.1120.0, released, run 20261101t080000-0000, copy of /versions/2026.1101.0
            └─ in ${places.map((name) => `${name} latest`).join(', ')}

AMI ami-0abc1234def567890 in eu-west-1, whose source EC2 does not tell
└─ base ${BASE}
   └─ web 2026.1101.0, released, run 20261101t080000-0000
      ├─ in ${places.join(', ')}
      └─ VM vm-1 in northeurope runs it

not made by regild
└─ web 1.0.0, foreign
   └─ in no region
`,
  );
});

test('what is not known is said, what there is not too, and tags of others move no cursor', () => {
  const unasked = {
    ...LOOKED,
    actual: anActual([released(1, { tags: { ...REGION, 'regild-base': 'a\u001b[2Jb' } })], { users: undefined }),
  };
  const text = renderLineage(
    lineage(
      lineageOf(
        unasked,
        () => [],
        () => undefined,
      ),
    ),
    'text',
  );
  expect(text).toContain('who runs it is not known: Azure Resource Graph may not be asked');
  expect(text).not.toContain('\u001b');
  expect(renderLineage(lineage([]), 'text')).toBe('no version is published\n');
  expect(renderLineage(lineage([], 'ami-0new'), 'text')).toBe('nothing stands on "ami-0new"\n');
});
