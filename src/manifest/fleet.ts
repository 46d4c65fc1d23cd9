import type { ImageSpec, Place } from '../model/index.ts';
import { mergeEntry } from './merge.ts';
import { type Spots, spotAt } from './places.ts';
import { type ImageProblem, imageOf, type Path, type Problem, within } from './problem.ts';
import { prune } from './prune.ts';
import { checkRequirements } from './requirements.ts';
import { findGalleryDisputes, findSameTargets } from './same-target.ts';
import { ImageEntry } from './schema.ts';
import { toSpec } from './to-spec.ts';

/** An image as the file has it, laid over the defaults: without the parts that have a problem, so that the others can be judged. */
export interface ManifestEntry {
  readonly name: string;
  readonly entry: ImageEntry;
}

export interface Fleet {
  readonly specs: readonly ImageSpec[];
  readonly entries: readonly ManifestEntry[];
  readonly problems: readonly Problem[];
}

/** What is known of the file before its images are put together. */
interface Draft {
  /** The file's value with variables filled in. */
  readonly value: unknown;
  readonly spots: Spots;
  readonly problems: readonly Problem[];
  readonly place: (path: Path) => Place;
}

/** Merges the sound parts of every image with the defaults and applies the rules that span keys and images. Only images without any problem become specs. */
export function assembleFleet({ value, spots, problems, place }: Draft): Fleet {
  // Of a key that is written twice the first value stays, so that its own problems are seen too.
  const broken = problems.filter(({ offset }) => offset === undefined);
  const brokenPaths = broken.map(({ path }) => path);
  const sound = mappingOf(prune(value, brokenPaths));
  const soundImages = mappingOf(sound.images);
  const defaults = entryOf(sound.defaults);
  const images = Object.entries(mappingOf(mappingOf(value).images)).map(([name]) => {
    const entry = mergeEntry(defaults, entryOf(soundImages[name]));
    const unmet = checkRequirements(name, entry).filter((problem) => !known(name, problem, broken));
    return { name, entry, problems: unmet.map((problem) => located(name, problem, spots)) };
  });
  const found = [...problems, ...images.flatMap((image) => image.problems)];
  const spoilt = new Set(found.map(imageOf));
  const specs = images.flatMap(({ name, entry }) =>
    spoilt.has(undefined) || spoilt.has(name) ? [] : [toSpec(name, entry, place(['images', name]))],
  );
  const whole = specs.filter((spec) => spec !== undefined);
  const same = [...findSameTargets(whole), ...findGalleryDisputes(whole)];
  const clashing = new Set(same.map(imageOf));
  return {
    specs: whole.filter(({ name }) => !clashing.has(name)),
    entries: images.map(({ name, entry }) => ({ name, entry })),
    problems: [...found, ...same],
  };
}

/** True when the value in question was refused already, so that "missing" would only be its echo. */
function known(name: string, { path, code }: ImageProblem, problems: readonly Problem[]): boolean {
  const paths: readonly Path[] = [
    ['images', name, ...path],
    ['defaults', ...path],
  ];
  return problems.some((problem) =>
    paths.some(
      (candidate) =>
        within(candidate, problem.path) ||
        (problem.meant !== undefined && within(candidate, problem.meant)) ||
        (code === 'KEY_MISSING' && within(problem.path, candidate)),
    ),
  );
}

/** Points at the image's own value, else at the value that it inherits, else at the image. */
export function located(name: string, problem: ImageProblem, spots: Spots): Problem {
  const own: Path = ['images', name, ...problem.path];
  const inherited: Path = ['defaults', ...problem.path];
  return { ...problem, image: name, path: spotAt(spots, own) === undefined && spotAt(spots, inherited) !== undefined ? inherited : own };
}

/**
 * What is left of a mapping that lost a key, or never had one that it needs, may break a rule of its own: such a mapping goes as a whole, and the rest of
 * the entry stays.
 */
function entryOf(value: unknown): ImageEntry {
  const parsed = ImageEntry.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const broken = parsed.error.issues.map(({ path }) => path.map((part) => (typeof part === 'number' ? part : String(part))));
  return (
    ImageEntry.safeParse(
      prune(
        value,
        broken.map((path) => present(value, path)),
      ),
    ).data ?? {}
  );
}

/** As much of a path as there is. */
function present(value: unknown, [first, ...rest]: Path): Path {
  if (first === undefined || typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return [];
  return [first, ...present(Reflect.get(value, first), rest)];
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
