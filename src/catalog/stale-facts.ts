import { type CatalogFacts, FACT_KINDS, type FactKind, FOLDERS } from './schema.ts';

/** Facts of one file that nobody looked at since a day (ISO date). */
export interface StaleFacts {
  readonly file: string;
  readonly verified: string;
  /** The images of a release that are of that day, as publisher:offer:sku; empty where it is the file itself. */
  readonly bases: readonly string[];
}

/** What was last verified before a day (ISO date), oldest first; the images of a release beside the release itself. */
export function staleFacts(catalog: CatalogFacts, before: string): readonly StaleFacts[] {
  const found = FACT_KINDS.flatMap((key) => catalog[key].flatMap((fact) => staleIn(`${FOLDERS[key].folder}/${nameOf(fact)}.yaml`, fact)));
  return found
    .filter(({ verified }) => verified < before)
    .toSorted((a, b) => (a.verified < b.verified ? -1 : a.verified > b.verified ? 1 : a.file < b.file ? -1 : 1));
}

function staleIn(file: string, fact: CatalogFacts[FactKind][number]): readonly StaleFacts[] {
  const bases = 'bases' in fact ? [...Map.groupBy(fact.bases, ({ verified }) => verified)] : [];
  return [
    { file, verified: fact.verified, bases: [] },
    ...bases.map(([verified, own]) => ({ file, verified, bases: own.map(({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`) })),
  ];
}

function nameOf(fact: CatalogFacts[FactKind][number]): string {
  return 'id' in fact ? fact.id : (fact.usageOperation.split(':')[1] ?? 'none');
}
