import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSpec } from '../../src/model/index.ts';
import { scenarioSpec } from './walk.ts';

/** Absolute paths of all scenarios: the folders that describe an image. */
export function scenarioFolders(): readonly string[] {
  return readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(import.meta.dirname, name))
    .filter((folder) => existsSync(join(folder, 'image.yaml')));
}

/** So many images from these scenarios in turn, each with a name and a definition of its own. */
export function fleetOf(images: number, folders: readonly string[]): readonly ImageSpec[] {
  const specs = folders.map((folder) => scenarioSpec(folder));
  return Array.from({ length: images }, (_, index) => `image-${index}`).flatMap((name, index) => {
    const spec = specs[index % specs.length];
    return spec ? [{ ...spec, name, target: { ...spec.target, definition: name } }] : [];
  });
}
