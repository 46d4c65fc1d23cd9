import type { Catalog } from './schema.ts';

/** One fact of the catalog, with what kind it is and the file that holds it (below `src/catalog/`). */
export interface FoundFact {
  readonly kind: string;
  readonly file: string;
  readonly fact: { readonly source: readonly string[]; readonly verified: string };
}

interface Entry extends FoundFact {
  /** Every name the fact goes by. */
  readonly names: readonly string[];
}

/** The facts that an id names: that of a file, of a base, a Marketplace image (publisher:offer:sku) or a billing code. Case does not matter. */
export function findFacts(catalog: Catalog, id: string): readonly FoundFact[] {
  const wanted = id.toLowerCase();
  return entries(catalog)
    .filter(({ names }) => names.some((name) => name.toLowerCase() === wanted))
    .map(({ kind, file, fact }) => ({ kind, file, fact }));
}

/** Every name that a fact can be found by. */
export function factNames(catalog: Catalog): readonly string[] {
  return entries(catalog).flatMap(({ names }) => names);
}

function entries({ amis, releases, billingCodes, licenceChoices, components, checks, products, sizes }: Catalog): readonly Entry[] {
  const byId = <Fact extends FoundFact['fact'] & { readonly id: string }>(kind: string, folder: string, facts: readonly Fact[]) =>
    facts.map((fact) => ({ kind, file: `${folder}/${fact.id}.yaml`, names: [fact.id], fact }));
  return [
    ...byId('AMI family', 'amis', amis),
    ...byId('release', 'distros', releases),
    ...releases.flatMap(({ id, bases }) =>
      bases.map((fact) => ({
        kind: 'base',
        file: `distros/${id}.yaml`,
        names: [fact.id, `${fact.publisher}:${fact.offer}:${fact.sku}`],
        fact,
      })),
    ),
    ...billingCodes.map((fact) => {
      const code = fact.usageOperation.split(':')[1] ?? 'none';
      return { kind: 'billing code', file: `billing/${code}.yaml`, names: [fact.usageOperation, code], fact };
    }),
    ...byId('licence choice', 'licences', licenceChoices),
    ...byId('component', 'components', components),
    ...byId('check', 'checks', checks),
    ...byId('product', 'products', products),
    ...byId('VM size', 'sizes', sizes),
  ];
}
