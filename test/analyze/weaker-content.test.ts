import { expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { ancestorContent, weakerContent } from '../../src/analyze/weaker-content.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { RegildError } from '../../src/errors.ts';
import type { Ami } from '../../src/model/index.ts';
import type { ContentPlace, Contents } from '../../src/ports.ts';
import { anInventory } from '../fakes/inventory.ts';

const ami = (id: string, fields: Partial<Ami> = {}): Ami => ({
  ...{ id, region: 'eu-west-1', productCodes: [], tags: {} },
  disks: [{ device: '/dev/xvda', root: true, kind: 'ebs', snapshotId: id.replace('ami', 'snap') }],
  ...fields,
});

/** Gives what some places hold, and notes which were asked for. */
function contents(held: readonly string[], asked: string[]): Contents {
  return {
    take: async (place: ContentPlace) => {
      const name = 'id' in place ? `${place.kind} ${place.id}` : place.path;
      asked.push(name);
      if (held.includes(name)) return anInventory({ source: { kind: 'instance', name, simulated: false } });
      throw new RegildError('SNAPSHOT_UNREADABLE', 'it may not be read');
    },
  };
}

const LINE = [ami('ami-public', { public: true }), ami('ami-parent'), ami('ami-store', { disks: [] }), ami('ami-root')];

test('an instance goes before ancestors, the nearest ancestor before the others, and public ones are not asked for', async () => {
  const asked: string[] = [];
  const found = await weakerContent(ami('ami-own'), LINE, contents(['snapshot snap-root'], asked));
  expect(asked).toEqual(['ami ami-own', 'snapshot snap-parent', 'snapshot snap-root']);
  expect(found.weaker?.source.name).toBe('snapshot snap-root');
  expect(found.issues).toEqual([
    {
      severity: 'info',
      code: 'WEAKER_SOURCE',
      message: 'what is in AMI ami-own is told by the disk of ami-root, which it was made from: snapshot snap-root',
      hint: 'it says what the system is and no more: nothing of it is carried over, and AWS parts are removed where they are found',
    },
  ]);
});

test('the ancestor that tells what was there before is the nearest whose disk may be read, and never one that everybody may use', async () => {
  const asked: string[] = [];
  const found = await ancestorContent(LINE, contents(['snapshot snap-parent', 'snapshot snap-root', 'snapshot snap-public'], asked));
  expect([found?.source.name, asked]).toEqual(['snapshot snap-parent', ['snapshot snap-parent']]);
  expect(await ancestorContent(LINE, contents([], asked))).toBeUndefined();
  expect(asked).toEqual(['snapshot snap-parent', 'snapshot snap-parent', 'snapshot snap-root']);
});

test('an AMI that everybody may use is told by nobody else, and a bug of ours is no missing source', async () => {
  const asked: string[] = [];
  expect(await weakerContent(ami('ami-own', { public: true }), LINE, contents(['ami ami-own'], asked))).toEqual({ issues: [] });
  expect(asked).toEqual([]);
  const broken: Contents = { take: () => Promise.reject(new TypeError('a bug')) };
  await expect(weakerContent(ami('ami-own'), [], broken)).rejects.toThrow('a bug');
});

test('a weaker source settles nothing: it is one clue, with less confidence than the disk', async () => {
  const catalog = await loadCatalog();
  const told = anInventory({ system: { family: 'linux', id: 'rocky', version: '9.4', kernels: [], apparmor: false, fips: false } });
  const own = ami('ami-own', { name: 'billing', architecture: 'x86_64' });
  const weaker = judgeAmi(own, [], catalog, new Date(0), undefined, told);
  expect(weaker.inventory).toBeUndefined();
  expect(weaker.distro).toMatchObject({ value: 'rocky', confidence: 'medium' });
  expect(judgeAmi(own, [], catalog, new Date(0), told).distro).toMatchObject({ value: 'rocky', confidence: 'high' });
});
