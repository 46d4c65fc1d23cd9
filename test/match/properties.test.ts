import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import type { Catalog } from '../../src/catalog/schema.ts';
import { matchOffline } from '../../src/match/index.ts';
import { NO_WISHES } from '../../src/match/option.ts';
import { BaseMatch } from '../../src/model/index.ts';
import { ami, CATALOG, found, image, TODAY } from './told.ts';

const VARIANTS = ['server', 'minimal', 'core', 'ha', 'sap', 'hpc', 'pro', 'sql-2019-standard', undefined];

const anyAmi = fc
  .record({
    release: fc.constantFrom(...CATALOG.releases),
    versionKnown: fc.boolean(),
    variant: fc.constantFrom(...VARIANTS),
    architecture: fc.constantFrom('x64' as const, 'arm64' as const, undefined),
    bootMode: fc.constantFrom('legacy-bios' as const, 'uefi' as const, 'uefi-preferred' as const, undefined),
    licence: fc.constantFrom('free' as const, 'payg' as const, 'byos' as const, undefined),
    stock: fc.boolean(),
  })
  .map(({ release, versionKnown, variant, architecture, bootMode, licence, stock }) =>
    ami(release.distro, versionKnown ? release.version : undefined, {
      osFamily: found(release.osFamily),
      variant: found(variant),
      architecture: found(architecture),
      bootMode: found(bootMode),
      licence: found(licence),
      stock: found(stock),
    }),
  );

/** The same catalog in another order. */
function shuffled(catalog: Catalog, seed: number): Catalog {
  const mixed = <Item>(items: readonly Item[]): readonly Item[] =>
    items
      .map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) >>> 0 }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ item }) => item);
  return indexCatalog({ ...catalog, releases: mixed(catalog.releases).map((release) => ({ ...release, bases: mixed(release.bases) })) });
}

const KNOWN = new Set(CATALOG.releases.flatMap(({ bases }) => bases.map(({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`)));

describe('for every AMI', () => {
  test('scores are the sums of their reasons, best first, and the first one is chosen', () => {
    fc.assert(
      fc.property(anyAmi, (analysis) => {
        const { candidates, chosen } = matchOffline(analysis, CATALOG, NO_WISHES, TODAY);
        const sums = candidates.map(({ reasons }) => reasons.reduce((sum, { points }) => sum + points, 0));
        expect(candidates.map(({ score }) => score)).toEqual(sums);
        expect(sums).toEqual(sums.toSorted((a, b) => b - a));
        expect(chosen).toEqual(candidates[0]);
      }),
    );
  });

  test('the order of the catalog does not matter', () => {
    fc.assert(
      fc.property(anyAmi, fc.integer(), (analysis, seed) => {
        expect(matchOffline(analysis, shuffled(CATALOG, seed), NO_WISHES, TODAY)).toEqual(
          matchOffline(analysis, CATALOG, NO_WISHES, TODAY),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('no candidate is of another architecture, boots BIOS under a UEFI-only AMI, or is unknown to the catalog', () => {
    fc.assert(
      fc.property(anyAmi, (analysis) => {
        const { candidates } = matchOffline(analysis, CATALOG, NO_WISHES, TODAY);
        const architecture = analysis.architecture.value;
        expect(candidates.filter((candidate) => architecture !== undefined && candidate.architecture !== architecture)).toEqual([]);
        expect(candidates.filter(({ generation }) => analysis.bootMode.value === 'uefi' && generation === 'V1')).toEqual([]);
        expect(candidates.map(image).filter((urn) => !KNOWN.has(urn))).toEqual([]);
      }),
    );
  });

  test('the answer is a valid artifact, and stops the image when it has no base', () => {
    fc.assert(
      fc.property(anyAmi, (analysis) => {
        const match = matchOffline(analysis, CATALOG, NO_WISHES, TODAY);
        expect(BaseMatch.parse(match)).toEqual(match);
        expect(match.chosen !== undefined || match.issues.some(({ severity }) => severity === 'error' || severity === 'question')).toBe(
          true,
        );
      }),
    );
  });
});
