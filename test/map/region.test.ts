import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { geographyOf, mapRegion } from '../../src/map/index.ts';
import awsRegions from '../../src/sandbox/world/aws-regions.json' with { type: 'json' };
import azureLocations from '../../src/sandbox/world/locations.json' with { type: 'json' };

const CATALOG = await loadCatalog();

test('a region with its location, alternatives, reason and confidence', () => {
  expect(mapRegion('us-east-2', CATALOG)).toEqual({
    kind: 'region',
    aws: 'us-east-2',
    place: 'Ohio',
    cloud: 'public',
    azure: 'eastus2',
    alternatives: [
      { location: 'eastus', remark: 'nearest' },
      { location: 'centralus', remark: 'Iowa' },
      { location: 'northcentralus', remark: 'Illinois, no zones' },
    ],
    reason: 'nearest with zones and capacity',
    confidence: 'medium',
  });
});

test('an isolated cloud has no counterpart', () => {
  expect(mapRegion('us-isob-east-1', CATALOG)).toEqual({
    kind: 'none',
    aws: 'us-isob-east-1',
    reason: 'an isolated cloud: no mapping is public',
  });
});

test('an unknown region is said to be unknown', () => {
  expect(mapRegion('eu-west-9', CATALOG)).toEqual({
    kind: 'unknown',
    aws: 'eu-west-9',
    reason: "no AWS region 'eu-west-9' in the catalog",
    settle: '`aws ec2 describe-regions` lists the regions',
  });
});

test('every region leads to a location that the sandbox sells, or says that it is of another cloud', () => {
  const sold = new Set(azureLocations.locations.map(({ name }) => name));
  const astray = CATALOG.regions.filter(({ azure, cloud }) => cloud === 'public' && !(azure !== undefined && sold.has(azure)));
  expect(astray.map(({ id }) => id)).toEqual([]);
});

test('every region of the sandbox account is in the catalog', () => {
  const regions = [...awsRegions.enabled, ...awsRegions.optIn];
  expect(regions.filter((region) => mapRegion(region, CATALOG).kind !== 'region')).toEqual([]);
});

test('a sovereign region stays in its own cloud', () => {
  const leaving = CATALOG.regions.filter(({ cloud, azure = '' }) => {
    const geography = geographyOf(azure, CATALOG)?.id;
    return (cloud === 'china') !== (geography === 'china') || (cloud === 'us-government') !== (geography === 'us-government');
  });
  expect(leaving.map(({ id }) => id)).toEqual([]);
});
