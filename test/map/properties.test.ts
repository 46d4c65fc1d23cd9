import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { mapInstance, mapRegion, mapSubject, mapVolume } from '../../src/map/index.ts';
import { type AmiDisk, parseVmSizeName } from '../../src/model/index.ts';

const CATALOG = await loadCatalog();
const SIZES = new Map(CATALOG.series.flatMap(({ sizes }) => sizes.map((size) => [size.name, size])));

/** Any type that the grammar allows, catalogued or not. */
const anyType = fc
  .tuple(
    fc.constantFrom(...CATALOG.instances.map(({ id }) => id)),
    fc.nat(12),
    fc.constantFrom('', 'a', 'i', 'g', 'gd', 'gn', 'idn', 'ad', 'zn', 'b', 'e'),
    fc.constantFrom('nano', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '48xlarge', 'metal', 'metal-24xl'),
  )
  .map(([name, generation, letters, size]) => `${name}${generation || ''}${letters}.${size}`);
const catalogued = fc.constantFrom(
  ...CATALOG.instances.flatMap(({ families }) => families.flatMap(({ name, sizes }) => sizes.map((size) => `${name}.${size}`))),
);

test('no instance is ever given another architecture, and arm64 goes to `p` sizes only', () => {
  fc.assert(
    fc.property(fc.oneof(anyType, catalogued), (type) => {
      const mapping = mapInstance(type, CATALOG);
      const names = 'candidates' in mapping ? mapping.candidates.map(({ name }) => parseVmSizeName(name)?.architecture) : [];
      const wanted = 'shape' in mapping ? mapping.shape.architecture : undefined;
      expect(names.filter((architecture) => architecture !== wanted)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('no size is invented, and each candidate has its figures', () => {
  fc.assert(
    fc.property(fc.oneof(anyType, catalogued), (type) => {
      const mapping = mapInstance(type, CATALOG);
      for (const { name, vcpus, memoryGiB } of 'candidates' in mapping ? mapping.candidates : []) {
        expect(SIZES.get(name)).toMatchObject({ vcpus, memoryGiB });
      }
    }),
    { numRuns: 500 },
  );
});

test('candidates are best first, scores are the sum of their reasons, and high confidence is kept for the same machine', () => {
  fc.assert(
    fc.property(fc.oneof(anyType, catalogued), (type) => {
      const mapping = mapInstance(type, CATALOG);
      if (!('candidates' in mapping)) return;
      const scores = mapping.candidates.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(mapping.candidates.map(({ reasons }) => reasons.reduce((sum, { points }) => sum + points, 0))).toEqual(scores);
      const best = mapping.candidates[0];
      if (mapping.confidence === 'high') expect(best?.vcpus).toBe(mapping.shape.vcpus);
    }),
    { numRuns: 500 },
  );
});

const anyDisk = fc.record<AmiDisk>(
  {
    device: fc.constant('/dev/sdf'),
    kind: fc.constantFrom('ebs', 'ebs', 'ephemeral'),
    root: fc.boolean(),
    type: fc.constantFrom('gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard', 'gp9'),
    sizeGiB: fc.integer({ min: 1, max: 65536 }),
    iops: fc.integer({ min: 100, max: 300000 }),
    throughput: fc.integer({ min: 1, max: 4000 }),
    encrypted: fc.boolean(),
  },
  { requiredKeys: ['device', 'kind', 'root'] },
);

test('an OS disk is never Premium SSD v2 or Ultra Disk', () => {
  fc.assert(
    fc.property(anyDisk, (disk) => {
      const mapping = mapVolume({ ...disk, root: true }, CATALOG);
      expect(mapping.kind === 'managed-disk' && /^(?:PremiumV2|UltraSSD)_/.test(mapping.sku)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('a disk holds the volume and does what it did, or a warning says that it does not', () => {
  const { disks } = CATALOG;
  fc.assert(
    fc.property(anyDisk, (disk) => {
      const mapping = mapVolume(disk, CATALOG);
      if (mapping.kind !== 'managed-disk' || mapping.warnings.length > 0) return;
      const type = disks.find(({ sku }) => sku === mapping.sku);
      expect(mapping.sizeGiB ?? 0).toBeGreaterThanOrEqual(disk.sizeGiB ?? 0);
      expect(type?.maxSizeGiB).toBeGreaterThanOrEqual(disk.sizeGiB ?? 0);
      if (mapping.iops !== undefined && disk.iops !== undefined) expect(mapping.iops).toBeGreaterThanOrEqual(disk.iops);
      const tier = type?.tiers.find(({ name }) => name === mapping.tier);
      if (tier && disk.iops !== undefined) expect(Math.max(tier.iops, tier.burst?.iops ?? 0)).toBeGreaterThanOrEqual(disk.iops);
    }),
    { numRuns: 1000 },
  );
});

test('whatever is asked, an answer comes with at least one reason', () => {
  const region = fc.constantFrom(...CATALOG.regions.map(({ id }) => id));
  fc.assert(
    fc.property(
      fc.oneof(anyType, catalogued, region, fc.string(), fc.stringMatching(/^(root:)?(gp2|gp3|io2|x)(:\d{1,6}){0,3}$/)),
      (subject) => {
        const { mapping } = mapSubject(subject, CATALOG);
        const reasons = 'reasons' in mapping ? mapping.reasons : [mapping.reason];
        expect(reasons.filter((reason) => reason !== '').length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000 },
  );
  expect(CATALOG.regions.map(({ id }) => mapRegion(id, CATALOG)).filter(({ reason }) => reason === '')).toEqual([]);
});
