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
      list: async (subscription) => {
        did.push(`list ${subscription}`);
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
  expect(did).toEqual([
    'list one',
    'list two',
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
  expect(outcomes(result)).toEqual(['/a due', '/b due']);
  expect(did).toEqual(['list one']);
});

test.each([true, false])('what is not due is kept and stays (dry run: %s)', async (dryRun) => {
  const later = { ...group('a'), tags: { ...TAGS, 'regild-deadline': '2099-01-01T00:00:00.000Z' } };
  const { ports: given, did } = ports({ list: async () => [later] });
  const result = await sweep({ subscriptions: ['one'], definitions: [] }, { ...OPTIONS, dryRun }, given, {});
  expect([outcomes(result), did]).toEqual([['/a kept'], []]);
});

test('failures are carried on: a list that is denied, and a deletion that is refused', async () => {
  const denied = new RegildError('CLOUD_DENIED', 'not allowed to list');
  const locked = new RegildError('CLOUD_FAILED', 'the scope is locked');
  const { ports: given } = ports({
    list: async (subscription) => (subscription === 'two' ? Promise.reject(denied) : [group('a'), group('b')]),
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
