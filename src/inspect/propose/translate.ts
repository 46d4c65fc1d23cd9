import type { PackageNames } from '../../catalog/schema.ts';
import type { Inventory } from '../../model/index.ts';

/** What a package is called on another system: names there (none = no counterpart), and the repository that must be added. */
export type Translation = PackageNames['names'][number];

interface Systems {
  readonly before: Pick<Inventory, 'system'>;
  readonly after: { readonly system: Pick<Inventory['system'], 'id' | 'version'> };
}

/** The catalog's translation of a package's name from one system to another; undefined where it has the same name there. */
export function translatePackage(name: string, { before, after }: Systems, tables: readonly PackageNames[]): Translation | undefined {
  const { id, version } = before.system;
  const fitting = tables.filter(
    ({ from, to }) =>
      from.distro === id && (from.versions.length === 0 || from.versions.includes(version ?? '')) && to.includes(after.system.id ?? ''),
  );
  return fitting.flatMap(({ names }) => names).find((each) => each.name === name);
}
