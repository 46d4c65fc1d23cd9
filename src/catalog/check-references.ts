import type { Issue } from '../model/index.ts';
import { catalogIssue } from './catalog-issue.ts';
import type { Catalog } from './schema.ts';

/** Distributions and releases that something names and no release has, and AMI families that a component names and nothing has. */
export function checkReferences(catalog: Catalog): readonly Issue[] {
  const distros = new Set(catalog.releases.map(({ distro }) => distro));
  const releases = new Set(catalog.releases.map(({ id }) => id));
  const unknownDistros = distroReferences(catalog).filter(({ distro }) => distro !== undefined && !distros.has(distro));
  const successors = catalog.releases.flatMap(({ id, successors }) =>
    successors.map(({ release }) => ({ file: `distros/${id}`, release })),
  );
  const unknownReleases = successors.filter(({ release }) => !releases.has(release));
  return [
    ...unknownDistros.map(({ file, distro }) => catalogIssue(file, `no release of a distribution '${distro}' in distros/`)),
    ...unknownReleases.map(({ file, release }) => catalogIssue(file, `no release '${release}' in distros/`)),
    ...unknownFamilies(catalog),
  ];
}

function unknownFamilies({ amis, components }: Catalog): readonly Issue[] {
  const known = new Set(amis.map(({ id }) => id));
  return components.flatMap(({ id, inFamilies = [] }) =>
    inFamilies.filter((family) => !known.has(family)).map((family) => catalogIssue(`components/${id}`, `no family '${family}' in amis/`)),
  );
}

interface Reference {
  readonly file: string;
  readonly distro: string | undefined;
}

/** A family with a verdict of its own is never matched with a base, so its distribution needs no release. */
function distroReferences({ amis, billingCodes, licenceChoices, checks }: Catalog): readonly Reference[] {
  const families = amis.filter(({ verdict }) => verdict === undefined);
  return [
    ...families.flatMap(({ id, distro, distroNames }) =>
      [distro, ...Object.values(distroNames)].map((name) => ({ file: `amis/${id}`, distro: name })),
    ),
    ...billingCodes.map(({ usageOperation, distro }) => ({ file: `billing ${usageOperation}`, distro })),
    ...licenceChoices.map(({ id, distro }) => ({ file: `licences/${id}`, distro })),
    ...checks.flatMap(({ id, distros = [] }) => distros.map((distro) => ({ file: `checks/${id}`, distro }))),
  ];
}
