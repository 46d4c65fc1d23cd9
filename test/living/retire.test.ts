import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import { retire } from '../../src/published.ts';
import { fakeContext } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { released } from './values.ts';

const REGIONS = [
  { name: 'northeurope', replicas: 2, storage: 'Standard_ZRS' },
  { name: 'westeurope', replicas: 1, storage: 'Premium_LRS' },
] as const;
const VERSIONS = [20, 10, 5].map((day) => released(day, { sizeGiB: 30, targetRegions: REGIONS }));
const PRICES = `currency: EUR
date: 2026-11-01
source: the price list of November
storageGBMonth: { Standard_ZRS: 0.05 }
`;
const SPEC = aSpec({ retention: { keep: 2, pinned: [] }, prices: 'prices.yaml' });

/** A gallery that deletes, and notes what, or refuses to. */
function gallery(prices: string, refuses = false) {
  const deleted: string[] = [];
  const context = fakeContext({
    versionUsers: { of: async () => [] },
    leftovers: { resources: async () => [] },
    assets: { user: async () => prices },
    gallery: {
      versions: async () => VERSIONS,
      removeVersion: async ({ version }) => {
        if (refuses) throw new RegildError('CLOUD_DENIED', `${version} stays`, { hint: 'ask' });
        deleted.push(version);
      },
    },
    marketplace: {
      facts: async () => {
        throw new RegildError('CLOUD_DENIED', 'not sold', { hint: 'none' });
      },
    },
  });
  return { context, deleted };
}

const SOURCE = 'EUR of 2026-11-01 by prices.yaml, from the price list of November, without Premium_LRS, for which it has no price';

test('retire says what it keeps and frees, in GiB and in money, and deletes nothing in a dry run', async () => {
  const dry = gallery(PRICES);
  const said = await retire([SPEC], dry.context, { dryRun: true });
  expect([said.actions.map(({ version, action, outcome }) => [version, action, outcome]), said.advice, said.issues, dry.deleted]).toEqual([
    [
      ['2026.1120.0', 'keep', 'kept'],
      ['2026.1110.0', 'keep', 'kept'],
      ['2026.1105.0', 'delete', 'due'],
    ],
    [
      'kept at most 180 GiB of replicas, would free at most 90 GiB',
      `what stays costs at most 6.00 EUR a month, what goes at most 3.00 (${SOURCE})`,
    ],
    [],
    [],
  ]);
  const real = gallery(PRICES);
  const { advice } = await retire([SPEC], real.context, { dryRun: false });
  expect([advice, real.deleted]).toEqual([
    [
      'kept at most 180 GiB of replicas, freed at most 90 GiB',
      `what stays costs at most 6.00 EUR a month, what goes at most 3.00 (${SOURCE})`,
    ],
    ['2026.1105.0'],
  ]);
});

test('what could not be deleted frees nothing, and a file of prices with a mistake is a warning', async () => {
  const refused = await retire([SPEC], gallery(PRICES, true).context, { dryRun: false });
  expect([refused.advice, refused.issues.map(({ severity, code }) => [severity, code])]).toEqual([
    [
      'kept at most 180 GiB of replicas, freed at most 0 GiB',
      `what stays costs at most 6.00 EUR a month, what goes at most 0.00 (${SOURCE})`,
    ],
    [['error', 'CLOUD_DENIED']],
  ]);
  const wrong = gallery('currency: euro');
  const { advice, issues } = await retire([SPEC], wrong.context, { dryRun: false });
  expect([advice, [...new Set(issues.map(({ severity, code }) => `${severity} ${code}`))], wrong.deleted]).toEqual([
    ['kept at most 180 GiB of replicas, freed at most 90 GiB'],
    ['warning PRICES_INVALID'],
    ['2026.1105.0'],
  ]);
});
