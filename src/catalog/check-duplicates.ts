import type { Issue } from '../model/index.ts';
import { catalogIssue } from './catalog-issue.ts';
import type { Catalog } from './schema.ts';

/** Ids, billing codes, Marketplace images, instance families, VM sizes and locations that stand in the catalog twice. */
export function checkDuplicates(catalog: Catalog): readonly Issue[] {
  const { amis, releases, billingCodes, licenceChoices, variants, components, checks, products, sizes } = catalog;
  const { regions, geographies, instances, series, volumes, disks, leakRules, contentRules, packageNames, parityRules } = catalog;
  const bases = releases.flatMap((release) => release.bases);
  return [
    ...twice('amis', ids(amis)),
    ...twice('distros', ids(releases)),
    ...twice(
      'distros',
      releases.map(({ distro, version }) => `${distro} ${version}`),
    ),
    ...twice('distros (bases)', ids(bases)),
    ...twice(
      'distros (bases)',
      bases.map(({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`),
    ),
    ...twice(
      'billing',
      billingCodes.map(({ usageOperation }) => usageOperation),
    ),
    ...twice('licences', ids(licenceChoices)),
    ...twice('variants', ids(variants)),
    ...twice('components', ids(components)),
    ...twice('checks', ids(checks)),
    ...twice('products', ids(products)),
    ...twice('sizes', ids(sizes)),
    ...twice('regions', ids(regions)),
    ...twice('geographies', names(geographies.flatMap(({ locations }) => locations))),
    ...twice('instances', names(instances.flatMap(({ families }) => families))),
    ...twice('series', ids(series)),
    ...twice('series (sizes)', names(series.flatMap(({ sizes: own }) => own))),
    ...twice('volumes', ids(volumes)),
    ...twice('disks', ids(disks)),
    ...twice('leaks', ids(leakRules)),
    ...twice('content', ids(contentRules)),
    ...twice('package-names', ids(packageNames)),
    ...twice('parity', ids(parityRules)),
  ];
}

function twice(place: string, names: readonly string[]): readonly Issue[] {
  const counts = Map.groupBy(names, (name) => name);
  return [...counts]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => catalogIssue(place, `${name} stands here ${same.length} times`));
}

function ids(facts: readonly { readonly id: string }[]): readonly string[] {
  return facts.map(({ id }) => id);
}

function names(facts: readonly { readonly name: string }[]): readonly string[] {
  return facts.map(({ name }) => name);
}
