import type { Assets } from '../../src/ports.ts';

/** The installation's own files as this reads them. */
export function ownFiles(own: Assets['own']): Pick<Assets, 'own' | 'ownAs' | 'allOwnAs'> {
  return {
    own,
    ownAs: async (path, made) => made(await own(path), path),
    allOwnAs: async (paths, made) => new Map(await Promise.all(paths.map(async (path) => [path, made(await own(path), path)] as const))),
  };
}
