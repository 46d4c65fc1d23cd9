import type { ImageSpec, Issue } from '../model/index.ts';
import { checkShape } from './check-shape.ts';
import { checkText } from './check-text.ts';
import { assembleFleet } from './fleet.ts';
import { interpolate } from './interpolate.ts';
import { placeOf, toPlace } from './places.ts';
import type { Path, Problem } from './problem.ts';
import { readDocument } from './read.ts';
import { parseYaml } from './syntax.ts';
import { toIssues } from './to-issues.ts';

export { manifestJsonSchema } from './json-schema.ts';
export { didYouMean, suggest } from './suggest.ts';

export interface ParsedManifest {
  /** The images without an error, every default filled in, in the order of the file. */
  readonly specs: readonly ImageSpec[];
  /** Every problem of the file, each with its line and column, in the order of the file. */
  readonly issues: readonly Issue[];
}

/**
 * Reads the text of a manifest. `file` is only what places name it by; `environment` is what `${NAME}` is looked up in. Never throws:
 * whatever is wrong is an issue, all of them at once, and an image with an error is left out of `specs`.
 */
export function parseManifest(text: string, file: string, environment: Readonly<Record<string, string | undefined>>): ParsedManifest {
  const parsed = parseYaml(text, file);
  if (parsed.issues.length > 0) return { specs: [], issues: parsed.issues };
  const { counter } = parsed;
  const reading = readDocument(parsed);
  const place = (path: Path, at: Problem['at'] = 'key') => placeOf(reading.spots, counter, file, path, at);
  const value = interpolate(reading.value, environment);
  const { specs, problems } = assembleFleet({ value, spots: reading.spots, problems: findProblems(reading, value, environment), place });
  const issues = toIssues(problems, ({ offset, path, at }) => (offset === undefined ? place(path, at) : toPlace(counter, file, offset)));
  return { specs, issues };
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
