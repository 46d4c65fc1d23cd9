import type { ImageSpec } from './image-spec.ts';

/** What is behind the name of an image for its versions in the production gallery. */
export const PRODUCTION_SUFFIX = '@production';

/** The name of the image that is built and tested: what is in production is a copy of it, by the same plan. */
export function testedName(name: string): string {
  return name.endsWith(PRODUCTION_SUFFIX) ? name.slice(0, -PRODUCTION_SUFFIX.length) : name;
}

/** Where the record of a version is kept: a copy has that of the version that it was made from, which was built and tested. */
export function recordedAs({ name, target, copyOf }: ImageSpec): Pick<ImageSpec, 'name' | 'target'> {
  return { name: testedName(name), target: copyOf?.target ?? target };
}
