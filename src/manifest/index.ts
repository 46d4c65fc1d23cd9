import type { ImageSpec, Issue } from '../model/index.ts';
import { toPlace } from '../yaml-places.ts';
import { checkShape } from './check-shape.ts';
import { checkText } from './check-text.ts';
import { assembleFleet, located, type ManifestEntry } from './fleet.ts';
import { interpolate } from './interpolate.ts';
import { OWN } from './names.ts';
import { placeOf } from './places.ts';
import type { ImageProblem, Path, Problem } from './problem.ts';
import { readDocument } from './read.ts';
import { parseYaml } from './syntax.ts';
import { toIssues } from './to-issues.ts';

export type { ManifestEntry } from './fleet.ts';
export { manifestJsonSchema } from './json-schema.ts';
export { type ImageProblem, subject } from './problem.ts';
export { didYouMean, suggest } from './suggest.ts';

export interface ParsedManifest {
  /** The images without an error, every default filled in, in the order of the file. */
  readonly specs: readonly ImageSpec[];
  /** Every problem of the file, each with its line and column, in the order of the file. */
  readonly issues: readonly Issue[];
}

/** A manifest whose images can be judged further, also those that have a problem already. */
export interface OpenManifest extends ParsedManifest {
  readonly entries: readonly ManifestEntry[];
  /** The manifest's own issues and those of further rules, by image: each with its line and column, in the order of the file. */
  readonly issuesWith: (further: readonly (ImageProblem & { readonly name: string })[]) => readonly Issue[];
}

/**
 * Reads the text of a manifest. `file` is only what places name it by; `environment` is what `${NAME}` is looked up in. Never throws:
 * whatever is wrong is an issue, all of them at once, and an image with an error is left out of `specs`.
 */
export function parseManifest(text: string, file: string, environment: Readonly<Record<string, string | undefined>>): ParsedManifest {
  const { specs, issues } = openManifest(text, file, environment);
  return { specs, issues };
}

/** The same for who has further rules: they see every image, and their problems are placed and sorted with the manifest's own. */
export function openManifest(text: string, file: string, environment: Readonly<Record<string, string | undefined>>): OpenManifest {
  const parsed = parseYaml(text, file);
  if (parsed.issues.length > 0) return { specs: [], entries: [], issues: parsed.issues, issuesWith: () => parsed.issues };
  const { counter } = parsed;
  const reading = readDocument(parsed);
  const { spots } = reading;
  const place = (path: Path, at: Problem['at'] = 'key') => placeOf(spots, counter, file, path, at);
  const value = interpolate(reading.value, environment);
  const { specs, entries, problems } = assembleFleet({ value, spots, problems: findProblems(reading, value, environment), place });
  const issuesOf = (found: readonly Problem[]) =>
    toIssues(found, ({ offset, path, at }) => (offset === undefined ? place(path, at) : toPlace(counter, file, offset)));
  return {
    specs,
    entries,
    issues: issuesOf(problems),
    issuesWith: (further) => issuesOf([...problems, ...further.map(({ name, ...problem }) => located(name, problem, spots))]),
  };
}

/** Names of the images in the text of a manifest that may stand there, whatever else is wrong with it. */
export function imagesOf(text: string): readonly string[] {
  return openManifest(text, 'images.yaml', {})
    .entries.map(({ name }) => name)
    .filter((name) => OWN.image.pattern.test(name));
}

/** What a text hides or lacks comes before its shape: a secret is not shown a second time, and a missing variable is not also a wrong value. */
function findProblems(
  reading: ReturnType<typeof readDocument>,
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Problem[] {
  if (reading.problems.some(({ code }) => code === 'MANIFEST_TOO_LARGE')) return reading.problems;
  const inText = checkText(reading.value, environment);
  const spoken = new Set(inText.map(({ path }) => JSON.stringify(path)));
  const inShape = checkShape(value, reading.spots).filter(({ path }) => !spoken.has(JSON.stringify(path)));
  return [...reading.problems, ...inText, ...inShape];
}
