import type { Assets } from '../../src/ports.ts';

/** The installation's own files as this reads them. */
export function ownFiles(own: Assets['own']): Pick<Assets, 'own' | 'ownAs'> {
  return { own, ownAs: async (path, made) => made(await own(path), path) };
}
