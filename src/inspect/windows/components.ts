import type { Catalog, Component } from '../../catalog/schema.ts';
import { compareText, type FoundComponent, type InventoryAccount, type InventoryPackage } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { shellPattern } from '../glob.ts';
import type { Read } from '../read.ts';
import { numberOf } from '../registry/value.ts';
import { scanTexts } from '../scan-texts.ts';
import { linePattern } from '../text-match.ts';
import { expandWindowsPath, windowsPath } from './paths.ts';
import type { Registry } from './registry.ts';
import { findEntry } from './registry-entry.ts';
import { SERVICES } from './services.ts';

/** What the detect rules of the catalog are held against, beside the files. */
export interface SeenOnWindows {
  readonly registry: Registry;
  readonly programs: readonly InventoryPackage[];
  readonly accounts: readonly InventoryAccount[];
  readonly tasks: readonly string[];
  readonly devices: readonly string[];
}

/** Most places that one component is told with. */
const MOST_PLACES = 20;
const DISABLED = 4;

/** The AWS components that lie on the disk, in the words of `Find-RegildComponent`, which looks for them in a running machine. */
export async function collectWindowsComponents(
  tree: FileTree,
  seen: SeenOnWindows,
  { components }: Pick<Catalog, 'components'>,
): Promise<Read<readonly FoundComponent[]>> {
  const windows = components.filter(({ os }) => os === 'windows');
  const told: FoundComponent[] = [];
  const unread: Read<unknown>['unread'][number][] = [];
  for (const component of windows) {
    const texts = await inTexts(tree, component);
    const found = [
      ...byLists(component, seen),
      ...(await byRegistry(component, seen)),
      ...(await byPaths(tree, component)),
      ...texts.value,
    ];
    if (found.length > 0) told.push({ id: component.id, found: [...new Set(found)].slice(0, MOST_PLACES) });
    unread.push(...texts.unread);
  }
  return { value: told.sort((one, other) => compareText(one.id, other.id)), unread };
}

function byLists({ detect }: Component, { programs, accounts, tasks, devices }: SeenOnWindows): readonly string[] {
  const like = (names: readonly string[], patterns: readonly string[]) => {
    const expressions = patterns.map((pattern) => new RegExp(shellPattern(pattern), 'i'));
    return names.filter((name) => expressions.some((expression) => expression.test(name)));
  };
  return [
    ...like(
      programs.map(({ name }) => name),
      detect.programs,
    ).map((name) => `program ${name}`),
    ...like(
      accounts.map(({ name }) => name),
      detect.users,
    ).map((name) => `account ${name}`),
    ...like(tasks, detect.tasks ?? []).map((name) => `task ${name.slice(name.lastIndexOf('\\') + 1)}`),
    ...like(devices, detect.drivers ?? []).map((name) => `device ${name}`),
  ];
}

async function byRegistry({ detect }: Component, { registry }: SeenOnWindows): Promise<readonly string[]> {
  const services = await Promise.all(
    detect.services.map(async (name) => {
      const key = await registry.key(`${SERVICES}\\${name}`);
      const start = numberOf(await key?.value('Start'));
      return key === undefined || start === DISABLED ? [] : [`service ${name}`];
    }),
  );
  const entries = await Promise.all(detect.registry.map((entry) => findEntry(registry, entry)));
  return [
    ...services.flat(),
    ...entries.flat().map(({ path, name }) => `registry ${[path, name].filter((part) => part !== undefined).join(' ')}`),
  ];
}

async function byPaths(tree: FileTree, { detect }: Component): Promise<readonly string[]> {
  const nodes = await Promise.all(detect.paths.map((path) => expandWindowsPath(tree, path)));
  return nodes.flat().map(({ path }) => `path ${windowsPath(path)}`);
}

async function inTexts(tree: FileTree, { id, detect }: Component): Promise<Read<readonly string[]>> {
  const rules = await Promise.all(
    (detect.contents ?? []).map(async ({ files, pattern }) => ({
      id,
      pattern: linePattern(pattern),
      files: (await Promise.all(files.map((file) => expandWindowsPath(tree, file)))).flat(),
    })),
  );
  const scan = await scanTexts(tree, rules);
  return { value: scan.value.map(({ path }) => `text in ${windowsPath(path)}`), unread: scan.unread };
}
