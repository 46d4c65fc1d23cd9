import type { ImageSpec } from '../model/index.ts';
import { type Problem, quote } from './problem.ts';

/** A problem for every image that would publish into the definition of an earlier one: their versions would replace each other. Azure compares names without case. */
export function findSameTargets(specs: readonly ImageSpec[]): readonly Problem[] {
  const byTarget = Map.groupBy(specs, ({ target }) =>
    [target.subscription, target.resourceGroup, target.gallery, target.definition].join('/').toLowerCase(),
  );
  return [...byTarget.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.map((other) => sameTarget(first, other)),
  );
}

function sameTarget(first: ImageSpec, other: ImageSpec): Problem {
  const { definition, gallery } = other.target;
  const message = `image ${quote(other.name)} publishes into definition ${quote(definition)} of gallery ${quote(gallery)}, as ${quote(first.name)} on line ${first.place.line} does`;
  return {
    path: ['images', other.name],
    at: 'key',
    code: 'TARGET_DUPLICATE',
    message,
    hint: 'give each image its own `target.definition`',
  };
}

/** A problem for every image that wishes a gallery otherwise than an earlier one: what is set of a gallery counts for all its images. */
export function findGalleryDisputes(specs: readonly ImageSpec[]): readonly Problem[] {
  const wishes = specs.flatMap(({ name, place, softDelete, target, production }) =>
    softDelete === undefined ? [] : [target, ...(production ? [production.target] : [])].map((used) => ({ name, place, softDelete, used })),
  );
  const galleries = Map.groupBy(wishes, ({ used }) => [used.subscription, used.resourceGroup, used.gallery].join('/').toLowerCase());
  return [...galleries.values()].flatMap(([first, ...others]) =>
    others
      .filter(({ softDelete }) => softDelete !== first?.softDelete)
      .map(({ name, used, softDelete }): Problem => {
        const message = `softDelete is ${softDelete} for gallery ${quote(used.gallery)}, and ${first?.softDelete} for it at ${quote(first?.name ?? '')} on line ${first?.place.line}`;
        const hint = 'say it once, under `defaults`: it counts for the whole gallery';
        return { path: ['images', name], at: 'key', code: 'VALUE_INVALID', message, hint };
      }),
  );
}
