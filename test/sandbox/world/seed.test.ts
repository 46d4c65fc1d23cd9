import { expect, test } from 'vitest';
import { seed } from '../../../src/sandbox/world/seed.ts';

test('every image of the Marketplace is there once, with versions that a gallery could carry', () => {
  const urns = seed.marketplace.map(({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`.toLowerCase());
  expect(new Set(urns).size).toBe(urns.length);
  const odd = seed.marketplace
    .flatMap(({ versions }) => versions)
    .filter((version) => !/^\d+\.\d+\.\d+$/.test(version) || version.split('.').some((part) => Number(part) > 2 ** 31 - 1));
  expect(odd).toEqual([]);
});

test('nothing but Gen2 is Arm64, Trusted Launch or NVMe', () => {
  const modern = seed.marketplace.filter(({ architecture, features }) => architecture === 'Arm64' || features.length > 0);
  expect(modern.filter(({ generation }) => generation !== 'V2')).toEqual([]);
});

test('sizes and quotas speak of the same families and regions', () => {
  const quotas = new Set(seed.usage.map(({ name }) => name));
  const regions = new Set(seed.locations.map(({ name }) => name));
  expect(seed.sizes.filter(({ family }) => !quotas.has(family))).toEqual([]);
  expect(
    seed.sizes.flatMap(({ restrictedIn = [], absentFrom = [] }) => [...restrictedIn, ...absentFrom]).filter((name) => !regions.has(name)),
  ).toEqual([]);
});
