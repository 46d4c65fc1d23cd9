import type { Catalog, Component } from '../../catalog/schema.ts';
import {
  compareText,
  type FoundComponent,
  type InventoryAccount,
  type InventoryPackage,
  type InventoryService,
} from '../../model/index.ts';
import { UNIT_FOLDERS } from '../component-paths.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import { expandGlob, shellPattern } from '../glob.ts';
import type { Read } from '../read.ts';
import { scanTexts, type TextRule } from '../scan-texts.ts';
import { linePattern } from '../text-match.ts';
import { walkTree } from '../walk.ts';

/** What the detect rules of the catalog are held against, beside the files. */
export interface Seen {
  readonly packages: readonly InventoryPackage[];
  readonly services: readonly InventoryService[];
  readonly accounts: readonly InventoryAccount[];
  readonly homes: readonly string[];
}

/** Most places that one component is told with. */
const MOST_PLACES = 20;

/** The AWS components that lie on the disk, by the catalog's own rules: the same table that the guest scripts read in a running machine. */
export async function collectComponents(
  tree: FileTree,
  seen: Seen,
  { components }: Pick<Catalog, 'components'>,
): Promise<Read<readonly FoundComponent[]>> {
  const linux = components.filter(({ os }) => os === 'linux');
  const texts = await scanTexts(tree, await textRules(tree, linux, seen));
  const found = await Promise.all(
    linux.map(async (component) => ({
      id: component.id,
      found: [
        ...byLists(component, seen),
        ...(await byFiles(tree, component, seen)),
        ...texts.value.filter(({ id }) => id === component.id).map(({ path }) => `text in ${path}`),
      ],
    })),
  );
  const told = found
    .filter((each) => each.found.length > 0)
    .map(({ id, found: places }) => ({ id, found: [...new Set(places)].slice(0, MOST_PLACES) }));
  return { value: told.sort((left, right) => compareText(left.id, right.id)), unread: texts.unread };
}

function byLists({ detect }: Component, { packages, accounts }: Pick<Seen, 'packages' | 'accounts'>): readonly string[] {
  const like = (manager: InventoryPackage['manager'], patterns: readonly string[]) => {
    const expressions = patterns.map(shellPattern);
    return packages.filter((item) => item.manager === manager && expressions.some((expression) => expression.test(item.name)));
  };
  return [
    ...[...like('deb', detect.deb), ...like('rpm', detect.rpm)].map(({ name }) => `package ${name}`),
    ...like('snap', detect.snap).map(({ name }) => `snap ${name}`),
    ...like(
      'pip',
      detect.pip.flatMap((name) => [name, name.replaceAll('-', '_')]),
    ).map(({ name }) => `pip ${name}`),
    ...accounts.filter(({ name }) => detect.users.includes(name)).map(({ name }) => `account ${name}`),
  ];
}

/** The components that lists of packages, programs and accounts tell of, where no file can be looked at. */
export function componentsByLists(
  components: readonly Component[],
  system: Component['os'],
  seen: Pick<Seen, 'packages' | 'accounts'>,
): readonly FoundComponent[] {
  return components
    .filter(({ os }) => os === system)
    .map((component) => ({ id: component.id, found: [...byLists(component, seen), ...byPrograms(component, seen)] }))
    .filter(({ found }) => found.length > 0)
    .sort((left, right) => compareText(left.id, right.id));
}

function byPrograms({ detect }: Component, { packages }: Pick<Seen, 'packages'>): readonly string[] {
  const expressions = detect.programs.map((name) => new RegExp(shellPattern(name), 'i'));
  return packages
    .filter(({ manager, name }) => manager === 'program' && expressions.some((expression) => expression.test(name)))
    .map(({ name }) => `program ${name}`);
}

async function byFiles(tree: FileTree, { detect }: Component, { services, homes }: Seen): Promise<readonly string[]> {
  const units = await Promise.all(
    detect.services.map(async (name) =>
      services.some((service) => service.name === name) || (await unitExists(tree, name)) ? [`unit ${name}`] : [],
    ),
  );
  const paths = await Promise.all(detect.paths.map((glob) => expandHomes(tree, glob, homes)));
  return [...units.flat(), ...paths.flat().map(({ path }) => `path ${path}`)];
}

async function unitExists(tree: FileTree, name: string): Promise<boolean> {
  const nodes = await Promise.all(UNIT_FOLDERS.map((folder) => tree.stat(`${folder}/${name}`, false)));
  return nodes.some((node) => node !== undefined);
}

/** A glob of the catalog, in which a leading `~` stands for every home. */
export async function expandHomes(tree: FileTree, glob: string, homes: readonly string[]): Promise<readonly FileNode[]> {
  const globs = glob.startsWith('~/') ? homes.map((home) => `${home}/${glob.slice(2)}`) : [glob];
  return (await Promise.all(globs.map((each) => expandGlob(tree, each)))).flat();
}

async function textRules(tree: FileTree, components: readonly Component[], { homes }: Seen): Promise<readonly TextRule[]> {
  const below = new Map<string, Promise<readonly FileNode[]>>();
  const filesOf = (glob: string) => {
    const files = below.get(glob) ?? filesBelow(tree, glob, homes);
    below.set(glob, files);
    return files;
  };
  const rules = components.flatMap(({ id, detect }) => (detect.contents ?? []).map(({ files, pattern }) => ({ id, files, pattern })));
  return Promise.all(
    rules.map(async ({ id, files, pattern }) => ({
      id,
      pattern: linePattern(pattern),
      files: (await Promise.all(files.map(filesOf))).flat(),
    })),
  );
}

/** The files that a glob names, or that lie below the folders that it names. */
export async function filesBelow(tree: FileTree, glob: string, homes: readonly string[]): Promise<readonly FileNode[]> {
  const nodes = await expandHomes(tree, glob, homes);
  const resolved = await Promise.all(nodes.map(async (node) => (node.type === 'symlink' ? await tree.stat(node.path) : node)));
  const walks = await Promise.all(
    resolved.map((node) => (node === undefined ? [] : node.type === 'directory' ? walked(tree, node) : [node])),
  );
  return walks.flat().filter(({ type }) => type === 'file');
}

async function walked(tree: FileTree, { path }: FileNode): Promise<readonly FileNode[]> {
  return (await walkTree(tree, path)).value;
}
