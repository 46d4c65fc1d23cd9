import { compareText, type InventoryPackage, type PackageManagerName } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { expandGlob } from '../glob.ts';
import { readText } from '../read.ts';
import type { Ownership } from './ownership.ts';

interface Trace {
  readonly manager: PackageManagerName;
  readonly globs: readonly string[];
  /** Name and version in the path of the trace. */
  readonly path: RegExp;
}

/** What package managers of languages leave where they install for the whole machine, and snaps, by path. */
const TRACES: readonly Trace[] = [
  { manager: 'snap', globs: ['/var/lib/snapd/snaps/*.snap'], path: /\/([^/_]+)_([^/_]+)\.snap$/ },
  {
    manager: 'pip',
    globs: ['dist', 'site'].flatMap((kind) =>
      ['/usr/local/lib', '/usr/local/lib64', '/usr/lib', '/usr/lib64'].flatMap((lib) => [
        `${lib}/python3*/${kind}-packages/*.dist-info`,
        `${lib}/python3*/${kind}-packages/*.egg-info`,
      ]),
    ),
    path: /\/([^/]+?)-(\d[^/-]*)(?:-py[\d.]+)?\.(?:dist|egg)-info$/,
  },
  {
    manager: 'gem',
    globs: [
      '/var/lib/gems/*/specifications/*.gemspec',
      '/usr/local/share/gems/specifications/*.gemspec',
      '/usr/share/gems/specifications/*.gemspec',
    ],
    path: /\/([^/]+)-(\d[^/-]*)\.gemspec$/,
  },
];

/** Packages that came past the system's package manager: snaps, and what pip, gem and npm installed for the whole machine. */
export async function collectForeignPackages(tree: FileTree, ownership: Ownership): Promise<readonly InventoryPackage[]> {
  const traces = await Promise.all(TRACES.map((trace) => packagesOf(tree, trace, ownership)));
  return [...traces.flat(), ...(await npmPackages(tree, ownership))];
}

async function packagesOf(tree: FileTree, { manager, globs, path }: Trace, ownership: Ownership): Promise<readonly InventoryPackage[]> {
  const nodes = (await Promise.all(globs.map((glob) => expandGlob(tree, glob)))).flat();
  const own = nodes.filter(
    ({ path: at }) => (manager === 'snap' || ownership.nobodys(at)) && ownership.of(at) === undefined && !ownership.below(at),
  );
  return own.flatMap((node) => {
    const [, name, version] = path.exec(node.path) ?? [];
    return name === undefined || version === undefined ? [] : [{ manager, name, version }];
  });
}

async function npmPackages(tree: FileTree, ownership: Ownership): Promise<readonly InventoryPackage[]> {
  const globs = ['/usr/local/lib/node_modules', '/usr/lib/node_modules'].flatMap((folder) => [
    `${folder}/*/package.json`,
    `${folder}/@*/*/package.json`,
  ]);
  const nodes = (await Promise.all(globs.map((glob) => expandGlob(tree, glob)))).flat().filter(({ path }) => ownership.nobodys(path));
  const texts = await Promise.all(nodes.map(({ path }) => readText(tree, path)));
  return texts.flatMap((text) => {
    const { name, version } = jsonFields(text ?? '');
    return typeof name === 'string' && typeof version === 'string' ? [{ manager: 'npm' as const, name, version }] : [];
  });
}

/** Images of containers that Docker or Podman hold, by name, sorted. */
export async function collectContainers(tree: FileTree): Promise<readonly string[]> {
  const docker = await readText(tree, '/var/lib/docker/image/overlay2/repositories.json');
  const podman = await readText(tree, '/var/lib/containers/storage/overlay-images/images.json');
  const names = [
    ...(docker ?? '').matchAll(/"([^"@\s]+:[^"@/\s]+)":\s*"sha256:/g),
    ...(podman ?? '').matchAll(/"([^"@\s]+\/[^"@\s]+:[^"@/\s]+)"/g),
  ];
  return [...new Set(names.map(([, name = '']) => name))].sort(compareText);
}

function jsonFields(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
