import type { Issue } from '../model/index.ts';
import { imageOf, type Problem } from './problem.ts';

/** Problems as issues in the order of the file. A problem that several images inherit from one place is told once, without an image. */
export function toIssues(problems: readonly Problem[], place: (problem: Problem) => NonNullable<Issue['place']>): readonly Issue[] {
  const issues = problems.map((problem): Issue => {
    const { severity = 'error', code, message, hint } = problem;
    return { severity, code, message, hint, image: imageOf(problem), place: place(problem) };
  });
  const told = Map.groupBy(issues, (issue) => JSON.stringify([issue.place, issue.code, issue.message]));
  return [...told.values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ ...first, image: others.length > 0 ? sharedImage([first, ...others]) : first.image }],
    )
    .sort(inFileOrder);
}

function sharedImage(issues: readonly Issue[]): string | undefined {
  return issues.every(({ image }) => image === issues[0]?.image) ? issues[0]?.image : undefined;
}

function inFileOrder(a: Issue, b: Issue): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
