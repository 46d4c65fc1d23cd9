import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import type { DefinitionRef, Leftover } from '../../src/model/index.ts';
import type { Leftovers } from '../../src/ports.ts';
import { type SweepOptions, sweep } from '../../src/sweep/index.ts';
import { fakeContext } from '../fakes/context.ts';

const RUN = '20261119t081502-3f9a';
const TAGS = { 'regild-run': RUN, 'regild-deadline': '2026-11-20T08:15:02.000Z' };
const OPTIONS: SweepOptions = { staged: false, dryRun: false };
const REF: DefinitionRef = { subscription: 'one', resourceGroup: 'rg', gallery: 'gal', definition: 'web' };

const group = (suffix: string): Leftover => ({
  ...{ kind: 'resource-group', id: `/${suffix}`, name: `rg-regild-${RUN}-${suffix}`, tags: TAGS, deleting: false, holds: [] },
});

function ports(change: Partial<Leftovers> = {}) {
  const did: string[] = [];
  const { ports } = fakeContext({
    leftovers: {
      resources: async (subscription) => {
        did.push(`templates ${subscription}`);
        return [];
      },
      groups: async (subscription) => {
        did.push(`groups ${subscription}`);
        return subscription === 'one' ? [group('a'), group('b')] : [group('c')];
      },
      versions: async ({ definition }) => {
        did.push(`versions ${definition}`);
        return [];
      },
      remove: async ({ name }) => void did.push(`remove ${name}`),
      ...change,
    },
  });
  return { ports, did };
}

const outcomes = ({ items }: Awaited<ReturnType<typeof sweep>>) => items.map(({ leftover, outcome }) => `${leftover.id} ${outcome}`);

test('looks everywhere once, also in staging definitions, and deletes what is due', async () => {
  const { ports: given, did } = ports();
  const notes: string[] = [];
  const scope = {
    subscriptions: ['one', 'two', 'one'],
    definitions: [REF, { ...REF, gallery: 'GAL' }, { ...REF, definition: 'd'.repeat(80) }],
  };
  const result = await sweep(scope, OPTIONS, given, { onUpdate: (text) => notes.push(text) });
  expect(outcomes(result)).toEqual(['/a deleted', '/b deleted', '/c deleted']);
  expect(result.issues).toEqual([]);
  expect(did.filter((done) => !done.startsWith('templates'))).toEqual([
    'groups one',
    'groups two',
    'versions web',
    `versions ${'d'.repeat(80)}`,
    'versions web-staging',
    ...['a', 'b', 'c'].map((suffix) => `remove rg-regild-${RUN}-${suffix}`),
  ]);
  expect(notes).toEqual(['a', 'b', 'c'].map((suffix) => `deleting rg-regild-${RUN}-${suffix}`));
});

test('a dry run deletes nothing', async () => {
  const { ports: given, did } = ports();
  const result = await sweep({ subscriptions: ['one'], definitions: [] }, { ...OPTIONS, dryRun: true }, given, {});
  expect([outcomes(result), result.issues]).toEqual([['/a due', '/b due'], []]);
  expect(did.toSorted()).toEqual(['groups one', 'templates one']);
});

test.each([true, false])('what is not due is kept and stays (dry run: %s)', async (dryRun) => {
  const later = { ...group('a'), tags: { ...TAGS, 'regild-deadline': '2099-01-01T00:00:00.000Z' } };
  const { ports: given, did } = ports({ groups: async () => [later], resources: async () => [] });
  const result = await sweep({ subscriptions: ['one'], definitions: [] }, { ...OPTIONS, dryRun }, given, {});
  expect([outcomes(result), result.issues, did]).toEqual([['/a kept'], [], []]);
});

test('failures are carried on: a list that is denied, and a deletion that is refused', async () => {
  const denied = new RegildError('CLOUD_DENIED', 'not allowed to list');
  const locked = new RegildError('CLOUD_FAILED', 'the scope is locked');
  const { ports: given } = ports({
    groups: async (subscription) => (subscription === 'two' ? Promise.reject(denied) : [group('a'), group('b')]),
    remove: async ({ id }) => (id === '/a' ? Promise.reject(locked) : undefined),
  });
  const notes: string[] = [];
  const result = await sweep({ subscriptions: ['two', 'one'], definitions: [] }, OPTIONS, given, { onUpdate: (text) => notes.push(text) });
  expect(outcomes(result)).toEqual(['/a failed', '/b deleted']);
  expect(result.issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'CLOUD_DENIED: not allowed to list',
    'CLOUD_FAILED: the scope is locked',
  ]);
  expect(notes).toContain(`rg-regild-${RUN}-a is still there: the scope is locked`);
});

test('of two lists of a subscription one fails: what the other holds is swept, but not what belongs to a template that may be there', async () => {
  const refused = new RegildError('CLOUD_DENIED', 'not allowed to list templates');
  const staging: Leftover = {
    ...group('it'),
    name: 'IT_rg-images_it-web',
    tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: 'it-web' },
  };
  const { ports: given } = ports({ resources: async () => Promise.reject(refused), groups: async () => [group('a'), staging] });
  const result = await sweep({ subscriptions: ['one'], definitions: [] }, OPTIONS, given, {});
  expect([outcomes(result), result.issues.map(({ message }) => message)]).toEqual([
    ['/a deleted', '/it kept'],
    ['not allowed to list templates'],
  ]);
  const other = ports({ groups: async () => Promise.reject(refused), resources: async () => [] });
  expect((await sweep({ subscriptions: ['one'], definitions: [] }, OPTIONS, other.ports, {})).issues).toHaveLength(1);
});

test('a failure that is none of ours is told as one, whole', async () => {
  const { ports: given } = ports({
    groups: async () => [group('a'), group('b')],
    remove: async ({ id }) => Promise.reject(id === '/a' ? new TypeError('x is not a function') : 'refused'),
  });
  const { issues } = await sweep({ subscriptions: ['one'], definitions: [] }, OPTIONS, given, {});
  expect(issues).toEqual([
    { severity: 'error', code: 'INTERNAL', message: 'unexpected failure: x is not a function' },
    { severity: 'error', code: 'INTERNAL', message: 'unexpected failure: refused' },
  ]);
});

test('definitions that share a name, or whose names run together to the same, are looked at each, and the same one in other letters once', async () => {
  const asked: DefinitionRef[] = [];
  const { ports: given } = ports({
    versions: async (ref) => {
      asked.push(ref);
      return [];
    },
  });
  const others = [
    { ...REF, subscription: 'two' },
    { ...REF, resourceGroup: 'rg2' },
    { ...REF, gallery: 'gal2' },
    { ...REF, resourceGroup: 'r', gallery: 'ggal' },
  ];
  await sweep({ subscriptions: [], definitions: [REF, ...others, { ...REF, resourceGroup: 'RG' }] }, OPTIONS, given, {});
  expect(
    new Set(
      asked.map(({ subscription, resourceGroup, gallery, definition }) =>
        [subscription, resourceGroup.toLowerCase(), gallery, definition].join(' '),
      ),
    ),
  ).toEqual(
    new Set(
      [REF, ...others].flatMap((ref) =>
        ['web', 'web-staging'].map((name) => [ref.subscription, ref.resourceGroup, ref.gallery, name].join(' ')),
      ),
    ),
  );
  expect(asked).toHaveLength(10);
});

test('a version that only passed through a staging definition is deleted, a staged one is kept until it is asked for', async () => {
  const version = (definition: string): Leftover => ({
    ...{ kind: 'gallery-version', id: `/${definition}`, name: '2026.1119.0', tags: TAGS, deleting: false, excludeFromLatest: true },
    ref: { ...REF, definition, version: '2026.1119.0' },
    regions: [{ name: 'northeurope', replicas: 1, storage: 'Standard_LRS' }],
  });
  const { ports: given, did } = ports({ versions: async ({ definition }) => [version(definition)] });
  const scope = { subscriptions: [], definitions: [REF] };
  expect(outcomes(await sweep(scope, OPTIONS, given, {}))).toEqual(['/web kept', '/web-staging deleted']);
  expect(outcomes(await sweep(scope, { ...OPTIONS, staged: true }, given, {}))).toEqual(['/web deleted', '/web-staging deleted']);
  expect(did).toEqual(['remove 2026.1119.0', 'remove 2026.1119.0', 'remove 2026.1119.0']);
});

test('only what is as old as asked is deleted', async () => {
  const { ports: given } = ports();
  const age = async (olderThanMilliseconds: number) =>
    outcomes(await sweep({ subscriptions: ['two'], definitions: [] }, { ...OPTIONS, olderThanMilliseconds }, given, {}));
  expect([await age(172_800_000), await age(172_800_001)]).toEqual([['/c deleted'], ['/c kept']]);
});

test('an abort while something is deleted is no failure of it', async () => {
  const controller = new AbortController();
  const notes: string[] = [];
  const { ports: given } = ports({
    remove: async () => {
      controller.abort();
      throw new RegildError('CLOUD_FAILED', 'the connection was closed');
    },
  });
  const wait = { signal: controller.signal, onUpdate: (text: string) => notes.push(text) };
  await expect(sweep({ subscriptions: ['one'], definitions: [] }, OPTIONS, given, wait)).rejects.toMatchObject({ name: 'AbortError' });
  expect(notes).toEqual([`deleting rg-regild-${RUN}-a`]);
});

test('an abort ends it before the next deletion', async () => {
  const controller = new AbortController();
  const removed: string[] = [];
  const { ports: given } = ports({
    remove: async ({ id }) => {
      removed.push(id);
      controller.abort();
    },
  });
  await expect(sweep({ subscriptions: ['one'], definitions: [] }, OPTIONS, given, { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(removed).toEqual(['/a']);
});
