import type { ImageReport, Issue } from '../model/index.ts';

const WEIGHT: Readonly<Record<Issue['severity'], number>> = { error: 0, question: 1, warning: 2, info: 3 };

/** Every issue of an image once, whichever artifact holds it, the gravest first. */
export function issuesOf(image: ImageReport): readonly Issue[] {
  const { analysis, match, plan, preflight, template, build, validation, published } = image;
  const artifacts = [analysis, match, plan, preflight, template, build, validation, published];
  const all = [...image.issues, ...artifacts.flatMap((artifact) => artifact?.issues ?? [])];
  // The report's own come first, which know their place.
  const once = Map.groupBy(all, ({ severity, code, message }) => JSON.stringify([severity, code, message]));
  return sortIssues([...once.values()].flatMap(([first]) => first ?? []));
}

/** The gravest first, otherwise in the given order. */
export function sortIssues(issues: readonly Issue[]): readonly Issue[] {
  return issues.toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

/** `images.yaml:14:13`, or undefined where an issue has no place. */
export function formatPlace({ place }: Issue): string | undefined {
  return place && `${place.file}:${place.line}:${place.column}`;
}
