import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached } from '../../../../src/adapters/azure/marketplace/cached.ts';
import { diskCache } from '../../../../src/adapters/azure/marketplace/disk-cache.ts';
import type { Clock, Marketplace } from '../../../../src/ports.ts';
import { NOW } from '../../../fakes/context.ts';
import { fakeMarketplace } from '../../../fakes/marketplace.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DEBIAN = { publisher: 'Debian', offer: 'debian-13', sku: '13-gen2' };
const PLAN = { publisher: 'almalinux', product: 'almalinux-x86_64', name: '9-gen2' };
const ARM = 'https://management.azure.com';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'regild-cache-')), 'regild');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

function clockAt(milliseconds: number): Clock {
  return { now: () => new Date(NOW.getTime() + milliseconds), sleep: async () => {} };
}

/** A run of its own, some time after the first: only the folder is shared. */
function later(milliseconds: number, marketplace: Marketplace, cloud = ARM): Marketplace {
  const clock = clockAt(milliseconds);
  return cached(marketplace, { cloud, store: diskCache(folder, clock), clock });
}

describe('answers of the Marketplace', () => {
  const sold = {
    'Debian:debian-13:13-gen2': {
      version: '0.20261101.2',
      features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
      plan: PLAN,
      deprecation: { state: 'ScheduledForDeprecation', scheduled: '2027-02-01T00:00:00.000Z', alternative: 'Offer debian-14' },
    },
  } as const;

  test('are asked for once a day, and are the same from the disk', async () => {
    const real = fakeMarketplace(sold);
    const urn = { ...DEBIAN, version: '0.20261101.2' };
    const ask = async (marketplace: Marketplace) => [
      await marketplace.versions('sub', 'northeurope', DEBIAN),
      await marketplace.facts('sub', 'northeurope', urn),
      await marketplace.termsAccepted('sub', PLAN),
    ];
    const first = await ask(later(0, real));
    expect(await ask(later(DAY - 1, real))).toStrictEqual(first);
    expect(real.asked).toHaveLength(3);
    await ask(later(DAY, real));
    expect(real.asked).toHaveLength(6);
  });

  test('that there is nothing are kept for an hour', async () => {
    const real = fakeMarketplace({});
    const ask = async (marketplace: Marketplace) => [
      await marketplace.versions('sub', 'northeurope', DEBIAN),
      await marketplace.facts('sub', 'northeurope', { ...DEBIAN, version: '1.0.0' }),
    ];
    expect(await ask(later(0, real))).toEqual([[], undefined]);
    expect(await ask(later(HOUR - 1, real))).toEqual([[], undefined]);
    expect(real.asked).toHaveLength(2);
    await ask(later(HOUR, real));
    expect(real.asked).toHaveLength(4);
  });

  test.each([false, undefined])('that terms are %s accepted are never kept', async (accepted) => {
    const before = { ...fakeMarketplace({}), termsAccepted: async () => accepted };
    const after = fakeMarketplace({});
    expect([
      await later(0, before).termsAccepted('sub', PLAN),
      await later(0, after).termsAccepted('sub', PLAN),
      await later(MINUTE, before).termsAccepted('sub', PLAN),
    ]).toEqual([accepted, true, true]);
  });

  test.each([
    ['another subscription', { subscription: 'other' }],
    ['another location', { location: 'westeurope' }],
    ['another SKU', { image: { ...DEBIAN, sku: '13' } }],
    ['another cloud', { cloud: 'https://management.chinacloudapi.cn' }],
  ])('are not taken for %s', async (_name, change) => {
    const real = fakeMarketplace(sold);
    await later(0, real).versions('sub', 'northeurope', DEBIAN);
    const { cloud, subscription, location, image } = { cloud: ARM, subscription: 'sub', location: 'northeurope', image: DEBIAN, ...change };
    await later(0, real, cloud).versions(subscription, location, image);
    expect(real.asked).toHaveLength(2);
  });

  test('are taken whatever the case of the names, and named as they were asked for', async () => {
    const real = fakeMarketplace(sold);
    const urn = { publisher: 'DEBIAN', offer: 'Debian-13', sku: '13-Gen2', version: '0.20261101.2' };
    await later(0, real).facts('sub', 'northeurope', { ...DEBIAN, version: '0.20261101.2' });
    expect((await later(0, real).facts('SUB', 'NorthEurope', urn))?.urn).toEqual(urn);
    expect(real.asked).toHaveLength(1);
  });

  test('that fail are not kept', async () => {
    const broken = { ...fakeMarketplace(sold), versions: async () => Promise.reject(new Error('503')) };
    await expect(later(0, broken).versions('sub', 'northeurope', DEBIAN)).rejects.toThrow('503');
    expect(await later(0, fakeMarketplace(sold)).versions('sub', 'northeurope', DEBIAN)).toEqual(['0.20261101.2']);
  });

  test('that many ask for at once are asked for once', async () => {
    const real = fakeMarketplace(sold);
    const marketplace = later(0, real);
    await Promise.all(Array.from({ length: 20 }, () => marketplace.versions('sub', 'northeurope', DEBIAN)));
    expect(real.asked).toHaveLength(1);
  });

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"key":"k","expires":"2030-01-01T00:00:00.000Z"}'],
    ['an answer of another kind', undefined],
    ['nothing', ''],
  ])('are asked for again when the file holds %s', async (_name, text) => {
    const real = fakeMarketplace(sold);
    await later(0, real).versions('sub', 'northeurope', DEBIAN);
    const [name = ''] = await readdir(folder);
    const entry = JSON.parse(await readFile(join(folder, name), 'utf8'));
    await writeFile(join(folder, name), text ?? JSON.stringify({ ...entry, value: [1, 2] }));
    expect(await later(0, real).versions('sub', 'northeurope', DEBIAN)).toEqual(['0.20261101.2']);
    expect(real.asked).toHaveLength(2);
  });
});

describe('the folder', () => {
  const entry = (days: number) => ({ value: days, expires: new Date(NOW.getTime() + days * DAY) });

  test('belongs to the user alone', async () => {
    await diskCache(folder, clockAt(0)).write('a', entry(1));
    const [name = ''] = await readdir(folder);
    const modes = [(await stat(folder)).mode & 0o777, (await stat(join(folder, name))).mode & 0o777];
    expect(modes).toEqual([0o700, 0o600]);
  });

  test('loses what has expired before the first write of a process, and nothing that is not ours', async () => {
    const before = diskCache(folder, clockAt(0));
    await before.write('short', entry(1));
    await before.write('long', entry(3));
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const after = diskCache(folder, clockAt(2 * DAY));
    await after.read('long');
    expect(await readdir(folder)).toHaveLength(3);
    await after.write('new', entry(4));
    expect(await Promise.all(['short', 'long', 'new'].map((key) => after.read(key)))).toEqual([undefined, entry(3), entry(4)]);
    expect(await readdir(folder)).toHaveLength(3);
    expect(await readdir(folder)).toContain('notes.txt');
  });

  test('holds a bounded number of entries: those that expire first go', async () => {
    const before = diskCache(folder, clockAt(0), 2);
    for (const days of [3, 1, 2]) await before.write(String(days), entry(days));
    const after = diskCache(folder, clockAt(0), 2);
    await after.write('4', entry(4));
    expect(await Promise.all(['1', '2', '3', '4'].map((key) => after.read(key)))).toEqual([undefined, entry(2), entry(3), entry(4)]);
  });

  test('many processes may write one answer at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => diskCache(folder, clockAt(0)).write('a', entry(1))));
    expect(await diskCache(folder, clockAt(0)).read('a')).toEqual(entry(1));
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('that cannot be used is no failure', async () => {
    await writeFile(join(folder, '..', 'file'), '');
    const store = diskCache(join(folder, '..', 'file', 'below'), clockAt(0));
    await store.write('a', entry(1));
    expect(await store.read('a')).toBeUndefined();
  });
});
