import type { Issue } from '../model/index.ts';
import { checkBases } from './check-bases.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkMachine } from './check-machine.ts';
import { checkPatterns } from './check-patterns.ts';
import { checkReferences } from './check-references.ts';
import type { Catalog } from './schema.ts';

/**
 * What no schema of a single file can see: duplicates, ids that nothing has, name patterns that overlap or miss their examples, bases and
 * sizes that cannot exist. Empty for a sound catalog.
 */
export function checkCatalog(catalog: Catalog): readonly Issue[] {
  return [
    ...checkDuplicates(catalog),
    ...checkReferences(catalog),
    ...checkPatterns(catalog),
    ...checkBases(catalog),
    ...checkMachine(catalog),
  ];
}
