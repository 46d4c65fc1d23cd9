import type { ImageSpec } from '../model/index.ts';
import { type Problem, quote } from './problem.ts';

/** A definition that an image publishes into, or that its tested versions are copied into. */
interface Use {
  readonly spec: ImageSpec;
  readonly target: ImageSpec['target'];
  readonly by: 'target' | 'production';
}

/**
 * A problem for every image that would publish, or be copied for production, into the definition of another one: their versions would replace each other.
 * Azure compares names without case.
 */
export function findSameTargets(specs: readonly ImageSpec[]): readonly Problem[] {
  const uses: readonly Use[] = [
    ...specs.map((spec): Use => ({ spec, target: spec.target, by: 'target' })),
    ...specs.flatMap((spec): readonly Use[] => (spec.production ? [{ spec, target: spec.production.target, by: 'production' }] : [])),
  ];
  const byTarget = Map.groupBy(uses, ({ target }) =>
    [target.subscription, target.resourceGroup, target.gallery, target.definition].join('/').toLowerCase(),
  );
  const clashes = [...byTarget.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.map((other) => ({ first, other })),
  );
  return clashes.filter(({ other }) => !isEcho(other, clashes)).map(({ first, other }) => sameTarget(first, other));
}

/** Production takes its definition's name from the image: where the image clashes by that name already, it is told once. */
function isEcho({ spec, target, by }: Use, clashes: readonly { readonly other: Use }[]): boolean {
  return (
    by === 'production' &&
    target.definition === spec.target.definition &&
    clashes.some(({ other }) => other.spec === spec && other.by === 'target')
  );
}

function sameTarget(first: Use, { spec: { name }, target: { definition, gallery }, by }: Use): Problem {
  const where = `definition ${quote(definition)} of gallery ${quote(gallery)}`;
  const as = `as ${first.by === by ? '' : 'the target of '}${quote(first.spec.name)} on line ${first.spec.place.line} does`;
  return by === 'target'
    ? {
        path: ['images', name],
        at: 'key',
        code: 'TARGET_DUPLICATE',
        message: `image ${quote(name)} publishes into ${where}, ${as}`,
        hint: 'give each image its own `target.definition`',
      }
    : {
        path: ['images', name, 'production'],
        at: 'key',
        code: 'TARGET_DUPLICATE',
        message: `production of image ${quote(name)} leads to ${where}, ${as}`,
        hint: 'give each image its own `production.definition`, or its own `production.gallery`',
      };
}

/** A wish of an image about a gallery, and where it stands. */
interface GalleryWish {
  readonly name: string;
  readonly place: ImageSpec['place'];
  readonly used: ImageSpec['target'];
  readonly key: 'softDelete' | 'sharing';
  readonly value: unknown;
}

/** A problem for every image that wishes a gallery otherwise than an earlier one: what is set of a gallery counts for all its images. */
export function findGalleryDisputes(specs: readonly ImageSpec[]): readonly Problem[] {
  const wishes = specs.flatMap(wishesOf).filter(({ value }) => value !== undefined);
  const galleries = Map.groupBy(wishes, ({ key, used }) =>
    [key, used.subscription, used.resourceGroup, used.gallery].join('/').toLowerCase(),
  );
  return [...galleries.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(first.value)).map((other) => dispute(first, other)),
  );
}

function wishesOf({ name, place, target, production, softDelete, sharing }: ImageSpec): readonly GalleryWish[] {
  const own = { name, place } as const;
  return [
    { ...own, used: target, key: 'softDelete', value: softDelete },
    { ...own, used: target, key: 'sharing', value: sharing },
    ...(production
      ? ([
          { ...own, used: production.target, key: 'softDelete', value: softDelete },
          { ...own, used: production.target, key: 'sharing', value: production.sharing },
        ] as const)
      : []),
  ];
}

function dispute(first: GalleryWish, { name, used, key, value }: GalleryWish): Problem {
  const [ours, theirs] = key === 'sharing' ? ['another', 'one'] : [String(value), String(first.value)];
  const message = `${key} is ${ours} for gallery ${quote(used.gallery)}, and ${theirs} for it at ${quote(first.name)} on line ${first.place.line}`;
  const hint = 'say it once, under `defaults`: it counts for the whole gallery';
  return { path: ['images', name], at: 'key', code: 'VALUE_INVALID', message, hint };
}
