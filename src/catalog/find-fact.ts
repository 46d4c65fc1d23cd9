import { type Base, type CatalogFacts, FACT_KINDS, FOLDERS } from './schema.ts';

const NO_BITS = 'none';

type Fact = CatalogFacts[keyof CatalogFacts][number] | Base;

/** One fact of the catalog, with the file (below `src/catalog/`) that holds it. */
export interface FoundFact {
  readonly file: string;
  readonly fact: Fact;
}

/** The facts that an id names: that of a file, of a base, a Marketplace image (publisher:offer:sku) or a billing code. Case does not matter. */
export function findFacts(catalog: CatalogFacts, id: string): readonly FoundFact[] {
  return allFacts(catalog).filter(({ fact }) => namesOf(fact).some((name) => name.toLowerCase() === id.toLowerCase()));
}

/** Every name that a fact can be found by and that somebody may have mistyped: `none`, which stands for the billing code without bits, is like any short word. */
export function factNames(catalog: CatalogFacts): readonly string[] {
  return allFacts(catalog)
    .flatMap(({ fact }) => namesOf(fact))
    .filter((name) => name !== NO_BITS);
}

function allFacts(catalog: CatalogFacts): readonly FoundFact[] {
  const files = FACT_KINDS.flatMap((key) => catalog[key].map((fact) => ({ file: fileOf(FOLDERS[key].folder, fact), fact })));
  return files.flatMap((found) => [found, ...basesIn(found.fact).map((fact) => ({ file: found.file, fact }))]);
}

function basesIn(fact: Fact): readonly Base[] {
  return 'bases' in fact ? fact.bases : [];
}

function fileOf(folder: string, fact: Fact): string {
  return `${folder}/${'id' in fact ? fact.id : billingBits(fact.usageOperation)}.yaml`;
}

function namesOf(fact: Fact): readonly string[] {
  if (!('id' in fact)) return [fact.usageOperation, billingBits(fact.usageOperation)];
  return 'offer' in fact ? [fact.id, `${fact.publisher}:${fact.offer}:${fact.sku}`] : [fact.id];
}

/** `RunInstances:0010` -> `0010`; the plain code has none. */
function billingBits(usageOperation: string): string {
  return usageOperation.split(':')[1] ?? NO_BITS;
}
